// Records what Go's packages net/url and net/netip say about addresses:
//
//	go run tests/oracle/urls/main.go tests/unit/base/urls.tsv
//
// A line is a name, arguments and a result, with tabs in between; bytes that are not printable ASCII, and backslashes,
// are written \xHH.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"strings"
)

var texts = []string{
	"", "a", "a/b", "/a", "//a", "///a", "a:b", "1:b", ":a", "http://a", "http://a/", "http://a:80/b", "http://a:b/", "http://a:1:2/",
	"ftp://a:1:2/", "http://a:/", "HTTP://A/B", "a+b.c-1://d", "http://u@h/", "http://u:p@h/", "http://u:@h/", "http://u^@h/", "http://u%zz@h/",
	"http://u%40:p%3A@h/", "http://a@b@h/", "http://[::1]/", "http://[::1]:80/", "http://[::1", "http://a[::1]", "http://[1.2.3.4]/", "http://[::1]x/",
	"http://[fe80::1%25e%20th]/", "http://[fe80::1%eth]/", "http://[::1::2]/", "http://a b/", "http://a%20b/", "http://%C3%A9/", "http://é/é",
	"http://a/%zz", "http://a/%", "http://a/%4", "http://a/%41%2F%2f", "http://a/b c", "http://a/\"<>", "http://a/!'()*", "http://a/[x]{y}|^`\\",
	"http://a?q", "http://a/?", "http://a/?a?", "a?b#c", "#", "#x", "#%zz", "#a b", "#!'()*[]", "#a%2Fb#c", "?", "?#", "*", "*?a", "*#a", "http:", "http:a", "http:a/b?c#d",
	"http:/a", "http:///a", "urn:a:b", "urn:a%zz", "mailto:a@b.c", "file:///values.schema.json", "file:x", "a\x01b", "a\x7fb", "a b", "a/b:c", "./a:b", "a\xff",
	"http://h/~_.-", "http://h/$&+,:;=@", "http://h\"<>/", "http://h/a;b,c", "http://h/ü%20?ü#ü",
}

var references = []string{
	"g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", "", ".", "./", "..", "../g", "../..", "../../../g", "/./g", "/../g", "g.", "..g", "./g/.",
	"g/../h", "g;x=1/../y", "g?y/./x", "g/%2E%2E/h", "a%2Fb", "a b", "é", "*", "//x@y:1/", "//h/../a", "?", "x:", "x:../a", "///a", "a//b", "..//a",
}

var bases = []string{"http://a/b/c/d;p?q", "file:///values.schema.json", "urn:a:b", "http://h", "http://u:p%40@h:80/x%2Fy/z?q#f", "a/b", "/a//b/"}

var segments = []string{"", "a", "a/b", "a%b", "%41", "%zz", "%", "a b", "é", "!$&'()*+,;=:@", "\"#<>?[]^`{|}~", "\xff", "%ff", "-_."}

var addresses = []string{
	"", "1.2.3.4", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.x", "1..2.3", ".1.2.3", "1.2.3.", "::", "::1", "1::", "1:2:3:4:5:6:7:8",
	"1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "1:", "12345::", "::g", "::1.2.3.4", "::1.2.3.256", "1:2:3:4:5:6:1.2.3.4",
	"1:2:3:4:5:6:7:1.2.3.4", "::ffff:1.2.3.4", "fe80::1%eth0", "fe80::1%", "%", "x", "1:2:3:4:5:6:7::", "::1:2:3:4:5:6:7:8", "1.2.3.4%e", "1:2 ",
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: main.go FILE")
	}
	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "# recorded: %s\n", runtime.Version())
	line := func(fields ...string) {
		for i, field := range fields {
			fields[i] = plain(field)
		}
		fmt.Fprintln(out, strings.Join(fields, "\t"))
	}
	for _, text := range texts {
		u, err := url.Parse(text)
		if err != nil {
			line("parse", text, "error: "+err.Error())
			continue
		}
		line("parse", text, strings.Join([]string{u.Scheme, u.Opaque, u.User.String(), u.Host, u.Hostname(), u.Path, u.RawPath, u.RawQuery, u.Fragment}, "|"))
		line("text", text, u.String())
	}
	for _, base := range bases {
		for _, reference := range references {
			line("resolve", base, reference, must(base).ResolveReference(must(reference)).String())
		}
	}
	for _, segment := range segments {
		line("escape", segment, url.PathEscape(segment))
		text, err := url.PathUnescape(segment)
		if err != nil {
			text = "error: " + err.Error()
		}
		line("unescape", segment, text)
	}
	for _, text := range addresses {
		address, err := netip.ParseAddr(text)
		if err != nil {
			line("address", text, "error: "+err.Error())
			continue
		}
		line("address", text, fmt.Sprintf("%x %t %t", address.AsSlice(), address.Is4(), address.Zone() != ""))
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func must(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		log.Fatal(err)
	}
	return u
}

func plain(text string) string {
	var sb strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '\\' {
			fmt.Fprintf(&sb, `\x%02x`, c)
		} else {
			sb.WriteByte(c)
		}
	}
	return sb.String()
}
