// Command paths records what Go answers about paths, globs and log lines:
// tests/unit/base/paths.tsv. Run it in this folder: go run main.go
package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

func main() {
	out, _ := os.Create("../../unit/base/paths.tsv")
	fmt.Fprintln(out, "# recorded: go1.26 (packages path, path/filepath and log/slog)")
	for _, p := range []string{"", "/", "//", "///", ".", "..", "./", "../", "/..", "/../", "a", "a/", "a//", "/a", "//a", "a/b", "a//b", "a/./b", "a/../b", "a/../../b", "../a", "../../a/..", "/a/..", "/a/../..", "a/b/../../..", "/a/b/../../../c", "./a", "a/.", "a/..", "a/b/..", "...", "a/...", ".a", "a.b", "a.b/c", "a/.b", "a/b.c.d", "a.", "a/.", ".", "é/ü.ä", "a/b/", "/.x", "x/..y", "a b/c d", "../..", "./..", "/./", "a/b/c/../../d"} {
		fmt.Fprintf(out, "path\t%s\t%s\t%s\t%s\t%s\n", strconv.Quote(p), strconv.Quote(path.Clean(p)), strconv.Quote(path.Base(p)), strconv.Quote(path.Dir(p)), strconv.Quote(path.Ext(p)))
	}
	for _, p := range [][2]string{{"", ""}, {"", "a"}, {"a", ""}, {"a", "b"}, {"a/", "/b"}, {"/", "b"}, {"a", "../b"}, {"a", ".."}, {"..", ".."}, {"/a", "/"}} {
		fmt.Fprintf(out, "join\t%s\t%s\t%s\n", strconv.Quote(p[0]), strconv.Quote(p[1]), strconv.Quote(path.Join(p[0], p[1])))
	}
	patterns := []string{"", "*", "**", "a", "a*", "*a", "?", "??", "a?c", "[a]", "[ab]", "[a-c]", "[^a]", "[^a-c]", "[!a]", "[", "[]", "[]a]", "[-]", "[a-]", "[-a]", "[a", "[a-", "a[", "x[", "*[", "*x[", "x*[", "\\", "a\\", "\\a", "\\*", "[\\]]", "[\\", "[\\-a]", "a/*", "*/b", "a/?", "*/*", "a*b*c", "*b", "*.txt", "é", "?é", "[é]", "[à-ü]", "a**b", "***", "[a-c]*", "\xff", "[\xff]", "?\xff", "[^/]", "a/b/*", "ab*cd*ef", "a*?", "*?*", "[[]", "[a]]", "]", "a]", "^", "[^]", "[^^]", "[b-a]", "*a*a*a*a"}
	names := []string{"", "a", "b", "ab", "abc", "abc]", "a/b", "/", "a/", "/b", "*", "\\", "-", "]", "[", "é", "aé", "ü", "\xff", "a\xff", "x.txt", "d/x.txt", "aXbYc", "abcdef", "a/b/c", "^", "aaaaaaaaaaaaaaaaaaaaaaab", "!", "^a"}
	for _, p := range patterns {
		for _, n := range names {
			ok, err := filepath.Match(p, n)
			r := strconv.FormatBool(ok)
			if err != nil {
				r = "error"
			}
			fmt.Fprintf(out, "glob\t%s\t%s\t%s\n", strconv.Quote(p), strconv.Quote(n), r)
		}
	}
	for _, s := range []string{"", "plain", "a b", "a=b", "a\"b", "a\\b", "é", "a\u00a0b", "\u200b", "tab\t", "line\n", "\x7f", "\x00", "\x1b", "\xff", "\ufffd", "😀", "a/b:c,d", "'x'", "<>", "{}", "\u2028", "\a\b\f\v\r", "\U0010ffff"} {
		for i, l := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
			var b bytes.Buffer
			h := slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == slog.TimeKey {
					return slog.Attr{}
				}
				return a
			}})
			if i == 0 {
				slog.New(h).Log(nil, l, s)
				fmt.Fprintf(out, "log\t%d\t%s\t%s\n", i, strconv.Quote(s), strconv.Quote(b.String()))
				continue
			}
			slog.New(h).Log(nil, l, s, "key", s, s+"k", "v")
			fmt.Fprintf(out, "log\t%d\t%s\t%s\n", i, strconv.Quote(s), strconv.Quote(b.String()))
		}
	}
	out.Close()
}
