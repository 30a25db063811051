// What a plain scalar means to go-yaml: v2.4.4, and v3.0.5 for the writers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rhumb::yaml {

enum class ScalarType : std::uint8_t {
  null,
  boolean,
  integer,
  unsigned_integer,  // above the range of integer
  floating,
  timestamp,  // stays a string
  string,
  other,   // an unknown tag: a string
  binary,  // !!binary: base 64, not decoded yet
};

struct Resolved {
  ScalarType type = ScalarType::string;
  union {
    bool boolean;
    std::int64_t integer;
    std::uint64_t unsigned_integer;
    double floating = 0;
  };
};

/// A plain scalar without tag, as resolve("", text) of go-yaml v2.
Resolved resolve_plain(std::string_view text);

/// A scalar with a tag ("tag:yaml.org,2002:int"). Sets error to "cannot decode !!str `x` as a !!int" and the like.
Resolved resolve_tagged(std::string_view tag, std::string_view text, std::string& error);

/// Whether the text, written plain, would be read as the string that it is.
bool plain_is_string(std::string_view text);
/// The same for go-yaml v3, with the words that YAML 1.1 took for booleans.
bool plain_is_string_v3(std::string_view text);

/// "!!str" for "tag:yaml.org,2002:str".
std::string short_tag(std::string_view tag);

/// A number as the key of an object, as sigs.k8s.io/yaml spells it: with the digits of a float32, so that large ones
/// are ".inf".
std::string float_key(double value);

/// A date, or date and time, in the forms that go-yaml knows.
bool is_timestamp(std::string_view text);
/// A sexagesimal number of YAML 1.1: "1:30", "-1:20:30.5".
bool is_base60(std::string_view text);

inline constexpr std::string_view tag_prefix = "tag:yaml.org,2002:";
inline constexpr std::string_view string_tag = "tag:yaml.org,2002:str";
inline constexpr std::string_view binary_tag = "tag:yaml.org,2002:binary";
inline constexpr std::string_view null_tag = "tag:yaml.org,2002:null";
inline constexpr std::string_view merge_tag = "tag:yaml.org,2002:merge";

}  // namespace rhumb::yaml
