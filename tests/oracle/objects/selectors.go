package main

import (
	"fmt"
	"strings"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation"
)

var long63, long64 = strings.Repeat("a", 63), strings.Repeat("a", 64)

var labelTexts = []string{
	"", "a", "A", "1", "-", "_", ".", "a-", "-a", "a.b", "a_b", "a-b", "a--b", "a..b", ".a", "a.", "_a", "a_", "MyValue", "12345", "a b", " a", "a ", "a\n", "é", "a\xff", "a:b", "a,b", "\x00",
	"a/b", "/", "/a", "a/", "a//b", "a/b/c", "example.com/a", "Example.com/a", "exa_mple.com/a", "example..com/a", ".example.com/a", "example.com./a", "-a.com/b", "a-.com/b", "1.2/3",
	"example.com/", "example.com/-a", "app.kubernetes.io/name", long63, long64, "a/" + long63, "a/" + long64, long64 + "/a", strings.Repeat("a", 253) + "/b", strings.Repeat("a", 254) + "/b",
	strings.Repeat("a.", 126) + "a/b", strings.Repeat("a.", 127) + "a/b", strings.Repeat("-", 64), "A/" + long64, "a*", "a@b", "a$", "true", "v1.2.3+build", "*.a/b",
}

// Labels that are given to every selector: pairs "k=v" with commas.
var labelSets = []string{"", "a=b", "a=c", "a=", "a=b,c=d", "c=d", "a=b,c=e,e=f", "A=b", "x/a=b", "a=b,e=f"}

// nil, or matchLabels as "k=v" with commas, then expressions "key operator value value..." each behind a semicolon.
var selectorTexts = []string{
	"nil", "", "a=b", "a=b,c=d", "a=", "a=c", "x/a=b", "A=b",
	";a In b", ";a In b c", ";a In c b a", ";a In ", ";a In", ";a NotIn b", ";a NotIn b c", ";a NotIn", ";a Exists", ";a DoesNotExist", ";a Exists b", ";a DoesNotExist b", ";a Exists <&>", ";a Exists b \"c\" é",
	";e NotIn f", ";e DoesNotExist", "a=b;c In d e", "a=b;c NotIn d", "a=b;e DoesNotExist", "a=b;e Exists", "a=b;a In c", "a=b;a NotIn b", "c=d;a In b;e DoesNotExist;a Exists",
	";a Equals b", ";a in b", ";a exists", ";a ", ";a Gt 5", "-a=b", "a=-b", "-a=-b", ";-a In b", ";a In -b", ";a In b -c", ";a In -b -c", ";-a In", ";-a Exists -b", ";/ Exists", "x/y/z=b", long64 + "=b", "a=" + long64, ";a In " + long64, ";a \" b",
	"b=b,a=a,c=c", ";b Exists;a Exists;a DoesNotExist", "a=b;a=b In c", ";a In b;x/a In b",
}

func selectors(t table) {
	for _, text := range labelTexts {
		t.line("key", text, strings.Join(validation.IsQualifiedName(text), "|"))
		t.line("value", text, strings.Join(validation.IsValidLabelValue(text), "|"))
	}
	for _, text := range selectorTexts {
		selector, err := meta.LabelSelectorAsSelector(labelSelector(text))
		if err != nil {
			t.line("selector", text, "error: "+err.Error())
			continue
		}
		t.line("selector", text, fmt.Sprintf("%t %s", selector.Empty(), selector.String()))
		for _, set := range labelSets {
			t.line("matches", text, set, fmt.Sprint(selector.Matches(labels.Set(pairs(set)))))
		}
	}
}

func labelSelector(text string) *meta.LabelSelector {
	if text == "nil" {
		return nil
	}
	parts := strings.Split(text, ";")
	selector := &meta.LabelSelector{MatchLabels: pairs(parts[0])}
	for _, part := range parts[1:] {
		words := strings.Fields(part)
		expression := meta.LabelSelectorRequirement{Key: words[0]}
		if len(words) > 1 {
			expression.Operator, expression.Values = meta.LabelSelectorOperator(words[1]), words[2:]
		}
		selector.MatchExpressions = append(selector.MatchExpressions, expression)
	}
	return selector
}

func pairs(text string) map[string]string {
	set := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			set[key] = value
		}
	}
	return set
}
