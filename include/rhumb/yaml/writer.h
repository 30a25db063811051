// Values into YAML, byte for byte as Helm's toYaml and toYamlPretty.
//
// toYaml is sigs.k8s.io/yaml's Marshal: encoding/json, a YAML read of that JSON, go-yaml v2.4.4's emitter. Nothing of
// the detour is made here, but its effects are: numbers are typed anew from their JSON text, invalid UTF-8 becomes
// U+FFFD, a NEL becomes a space, and what a YAML reader refuses (DEL, C1 controls, keys above 1024 characters, more
// than 10000 levels) is an error. toYamlPretty is go-yaml v3.0.5's encoder over the Go values themselves.
//
// A value that shares its parts can be written at a length that is exponential in its size: all throw LimitError as
// soon as the text has more than `limit_bytes`.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::yaml {

/// As sigs.k8s.io/yaml Marshal, with the final newline.
/// Errors: "error marshaling into JSON: json: unsupported value: NaN", "yaml: control characters are not allowed" ...
Result<std::string> write_yaml(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);
/// The same, appended; for speed. False and a text for an error, with `out` as it was.
bool append_yaml(std::string& out, const Value& value, std::string& error,
                 std::size_t limit_bytes = Limits{}.output_bytes);
/// The same with a trace: from every key and list item on, the origin of its value.
Result<TracedText> write_yaml_traced(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);

/// As yaml.v3's Encoder with SetIndent(2): lists below keys are indented, no line is folded.
Result<std::string> write_yaml_pretty(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);
Result<TracedText> write_yaml_pretty_traced(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);

/// Key order of write_yaml (`pretty`: of write_yaml_pretty): digits by value, other characters before letters.
bool natural_less(std::string_view a, std::string_view b, bool pretty = false);

}  // namespace rhumb::yaml
