package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

var nameTexts = []string{
	"", "a", "A", "1", "-", ".", "_", "a-", "-a", "a.b", "a..b", "a.-b", "a-.b", "a_b", "a--b", ".a", "a.", "web", "web.example.com", "Web", "1a", "a1", "123", "0", "65535", "a b", "a\n", "é", "a:b", "system:controller:x", "a/b", "..", "...", "a%b", "*", "*.example.com", "*.a", "*", "a.*.b", "**.a", "*a.b", "x*.a.b", "http", "HTTP", "http-alt", "http--alt", "-http", "http-", "8080", "a2345678901234", "a23456789012345", "a234567890123456", "x-1", "1-x", "_http", "my_VAR", "MY-VAR", "MY.VAR", "1VAR", "MY VAR", "A=B", "\x00", long63, long64, "a." + long63, "a." + long64, strings.Repeat("a", 253), strings.Repeat("a", 254), "*." + long63, "*." + strings.Repeat("a", 252), "config.yaml", ".dockerconfigjson", "key name", "..data", "..2024",
}

func names(t table) {
	checks := []struct {
		name  string
		check func(string) []string
	}{
		{"subdomain", validation.IsDNS1123Subdomain},
		{"label", validation.IsDNS1123Label},
		{"label1035", validation.IsDNS1035Label},
		{"wildcard", validation.IsWildcardDNS1123Subdomain},
		{"port", validation.IsValidPortName},
		{"key", validation.IsConfigMapKey},
	}
	for _, text := range nameTexts {
		for _, check := range checks {
			t.line(check.name, text, strings.Join(check.check(text), "|"))
		}
	}
}
