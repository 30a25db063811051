package main

import (
	_ "crypto/sha256" // what a kubelet links
	_ "crypto/sha512"
	"strings"

	"github.com/distribution/reference"
)

var (
	hex64  = strings.Repeat("0123456789abcdef", 4)
	hex96  = strings.Repeat("0123456789abcdef", 6)
	hex128 = strings.Repeat("0123456789abcdef", 8)
)

var imageNames = []string{
	"nginx", "library/nginx", "bitnami/nginx", "a/b/c", "docker.io/nginx", "docker.io/library/nginx", "docker.io/a/b", "index.docker.io/nginx", "index.docker.io/a/b", "registry-1.docker.io/nginx",
	"example.com/nginx", "example.com/a/b", "example.com:5000/nginx", "example.com:/nginx", "example.com:port/nginx", "example:5000/a", "localhost/nginx", "localhost:5000/nginx", "localhost", "localhost:5000", "Localhost/nginx",
	"127.0.0.1/a", "127.0.0.1:80/a", "[::1]/a", "[::1]:5000/a", "[fe80::1%eth0]/a", "[::ffff:1.2.3.4]/a", "[]/a", "[::1/a", "::1/a", "1.2.3/a", "example.com", "example.com/", "/nginx", "nginx/", "a//b", "/", "", ":", "@", " ",
	"Nginx", "NGINX", "a/Nginx", "A/nginx", "A/Nginx", "A/b/c", "EXAMPLE.com/a", "example.com/A", "foo_bar/a", "foo_bar.com/a", "foo__bar/a", "foo___bar/a", "Foo_bar/a", "Foo_bar.com/a", "foo..bar/a", "-foo.com/a", "foo-.com/a", ".foo/a", "foo./a",
	"a-b", "a--b", "a---b", "a-", "-a", "a_b", "a__b", "a___b", "a.b", "a..b", "a._b", "a-_b", "_a", "a_", ".a", "a.", "a b", "a\tb", "a\n", "é", "K", "É", "a/é", "a\xff", "a+b", "a~b", "{{ .Values.image }}", "$(IMAGE)", "${IMAGE}", "<no value>", "nil", "https://example.com/a", "http://a/b", "oci://a/b",
	"xn--n3h.com/a", "example.com/a/b/c/d/e", "example.com:5000", "a:b:c", "a:1/b:2", "a:1/b/c", strings.Repeat("a", 247), strings.Repeat("a", 248), "example.com/" + strings.Repeat("a", 255), "example.com/" + strings.Repeat("a", 256), "a/" + strings.Repeat("b/", 126) + "c",
	hex64, "a/" + hex64, hex64[1:], strings.ToUpper(hex64),
}

var imageEnds = []string{
	"", ":1.2.3", ":latest", ":", ":_a", ":-a", ":.a", ":a.b-c_d", ":A", ":a+b", ":" + strings.Repeat("t", 128), ":" + strings.Repeat("t", 129), ":é", ":a b", ":a:b", ":a/b",
	"@sha256:" + hex64, ":1.0@sha256:" + hex64, "@sha256:" + hex64[1:], "@sha256:" + hex64 + "0",
}

var images1 = []string{
	"a@", "a@sha256", "a@sha256:", "a@sha256:abc", "a@:" + hex64, "a@" + hex64, "a@SHA256:" + hex64, "a@sha256:" + strings.ToUpper(hex64), "a@sha512:" + hex128, "a@sha512:" + hex64, "a@sha384:" + hex96, "a@sha384:" + hex64, "a@md5:" + hex64[:32],
	"a@md5:" + hex64[:31], "a@a+b:" + hex64, "a@a++b:" + hex64, "a@a.b-c_d:" + hex64, "a@1a:" + hex64, "a@a+1b:" + hex64, "a@A+b:" + hex64, "a@sha256:" + hex64[:63] + "g", "a@sha256:" + hex64 + "@sha256:" + hex64, "a@b@sha256:" + hex64, "a:@sha256:" + hex64, "@sha256:" + hex64,
	"sha256:" + hex64, "A@sha256:" + hex64, "a:B@sha256:" + hex64, "x.y/A:b", "x.y/a:B", "a@sha256:" + hex64 + ":tag", "a@sha256:" + hex64 + "/b", "B/a@sha256:" + hex64, "a:1.0 ", " a:1.0", "a:1.0\n", "a: 1.0", "a:<no value>", "a:%!s(<nil>)", "quay.io/a/b:v1.0.0-rc.1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b:1",
}

func images(t table) {
	for _, name := range imageNames {
		for _, end := range imageEnds {
			image(t, name+end)
		}
	}
	for _, text := range images1 {
		image(t, text)
	}
}

func image(t table, text string) {
	named, err := reference.ParseNormalizedNamed(text)
	if err != nil {
		t.line("parse", text, "error: "+err.Error())
		return
	}
	tagged := "given"
	if reference.IsNameOnly(named) {
		tagged = "default"
	}
	named = reference.TagNameOnly(named)
	tag, digest := "", ""
	if with, ok := named.(reference.Tagged); ok {
		tag = with.Tag()
	}
	if with, ok := named.(reference.Digested); ok {
		digest = with.Digest().String()
	}
	t.line("parse", text, strings.Join([]string{reference.Domain(named), reference.Path(named), tag, digest, tagged}, "|"))
	t.line("text", text, named.String())
}
