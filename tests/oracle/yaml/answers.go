package main

// What the libraries behind Helm make of one input. The operations carry the names that the tests use.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
	yaml3 "sigs.k8s.io/yaml/goyaml.v3"
)

type answer struct {
	text string
	err  bool
}

func ok(text string) answer   { return answer{text, false} }
func failed(err error) answer { return answer{err.Error(), true} }
func (a answer) status() string {
	if a.err {
		return "E"
	}
	return "O"
}

func plainJSON(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "unprintable: " + err.Error()
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// Types for reading into structs: every kind of field that Helm's own structs have.
type Inner struct {
	Name    string   `json:"name"`
	Tags    []string `json:"tags,omitempty"`
	Enabled bool     `json:"enabled,omitempty"`
	Any     any      `json:"any,omitempty"`
}

type Sample struct {
	Name       string            `json:"name,omitempty"`
	Count      int               `json:"count,omitempty"`
	Flag       bool              `json:"flag,omitempty"`
	Words      []string          `json:"words,omitempty"`
	Labels     map[string]string `json:"labels,omitempty"`
	Parts      []*Inner          `json:"parts,omitempty"`
	Part       *Inner            `json:"part,omitempty"`
	Whatever   []any             `json:"whatever,omitempty"`
	APIVersion string            `json:"apiVersion,omitempty"`
}

var readers = map[string]func(string) answer{
	"read": func(text string) answer {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return failed(err)
		}
		return ok(plainJSON(value))
	},
	"map": func(text string) answer {
		value := map[string]any{}
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return failed(err)
		}
		return ok(plainJSON(value))
	},
	"list": func(text string) answer {
		value := []any{}
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return failed(err)
		}
		return ok(plainJSON(value))
	},
	"strict": func(text string) answer {
		value := map[string]any{}
		if err := yaml.UnmarshalStrict([]byte(text), &value); err != nil {
			return failed(err)
		}
		return ok(plainJSON(value))
	},
	"values": func(text string) answer {
		value, err := loader.LoadValues(strings.NewReader(text))
		if err != nil {
			return failed(err)
		}
		return ok(plainJSON(value))
	},
	"head": func(text string) answer {
		var head util.SimpleHead
		if err := yaml.Unmarshal([]byte(text), &head); err != nil {
			return failed(err)
		}
		name := ""
		annotations := map[string]string{}
		if head.Metadata != nil {
			name = head.Metadata.Name
			if head.Metadata.Annotations != nil {
				annotations = head.Metadata.Annotations
			}
		}
		return ok(plainJSON([]any{head.Version, head.Kind, head.Metadata != nil, name, annotations}))
	},
	"typed": func(text string) answer {
		var sample Sample
		if err := yaml.Unmarshal([]byte(text), &sample); err != nil {
			return failed(err)
		}
		return ok(plainJSON(sample))
	},
	"typed-strict": func(text string) answer {
		var sample Sample
		if err := yaml.UnmarshalStrict([]byte(text), &sample); err != nil {
			return failed(err)
		}
		return ok(plainJSON(sample))
	},
	"json": func(text string) answer {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return answer{err.Error() + "\n" + plainJSON(value), true}
		}
		return ok(plainJSON(value))
	},
	"json-map": func(text string) answer {
		value := map[string]any{}
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return answer{err.Error() + "\n" + plainJSON(value), true}
		}
		return ok(plainJSON(value))
	},
	"json-list": func(text string) answer {
		value := []any{}
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return answer{err.Error() + "\n" + plainJSON(value), true}
		}
		return ok(plainJSON(value))
	},
	"json-prefix": func(text string) answer {
		var value any
		decoder := json.NewDecoder(strings.NewReader(text))
		if err := decoder.Decode(&value); err != nil {
			return failed(err)
		}
		return ok(fmt.Sprintf("%d %s", decoder.InputOffset(), plainJSON(value)))
	},
}

var writers = map[string]func(any) answer{
	"yaml": func(value any) answer {
		out, err := yaml.Marshal(value)
		if err != nil {
			return failed(err)
		}
		return ok(string(out))
	},
	"pretty": func(value any) answer {
		var out bytes.Buffer
		encoder := yaml3.NewEncoder(&out)
		encoder.SetIndent(2)
		if err := encoder.Encode(value); err != nil {
			return failed(err)
		}
		return ok(out.String())
	},
	"to-json": func(value any) answer {
		out, err := json.Marshal(value)
		if err != nil {
			return failed(err)
		}
		return ok(string(out))
	},
	"to-json-indent": func(value any) answer {
		out, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			return failed(err)
		}
		return ok(string(out))
	},
	"to-json-raw": func(value any) answer {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			return failed(err)
		}
		return ok(strings.TrimSuffix(out.String(), "\n"))
	},
}

// Map order is random where Go prints or fails in it: an answer counts only if it comes every time.
func steady(ask func() answer, times int) (result answer, isSteady bool) {
	defer func() {
		if problem := recover(); problem != nil {
			result, isSteady = answer{fmt.Sprint(problem), true}, false
		}
	}()
	first := ask()
	for i := 1; i < times; i++ {
		if ask() != first {
			return first, false
		}
	}
	return first, true
}
