// What the writers have to know about a text before they can write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rhumb::yaml {

/// Which styles can hold a text in block context: as yaml_emitter_analyze_scalar.
struct ScalarShape {
  bool multiline = false;
  bool plain = true;
  bool single_quoted = true;
  bool literal = true;
};

/// `pretty`: as go-yaml v3, which lets tabs into literals.
ScalarShape analyse_scalar(std::string_view text, bool pretty);

/// A character that is written as it is, even in double quotes.
bool is_printable(char32_t rune);
/// The line breaks of YAML 1.1: CR, LF, NEL, LS and PS.
bool is_break(char32_t rune);

enum class JsonTrip : std::uint8_t { same, changed, refused };

/// A text as it comes out of JSON that was read as YAML. `changed`: `scratch` holds the new text. `refused`: `scratch`
/// holds the reader's words ("control characters are not allowed").
JsonTrip pass_through_json(std::string_view text, std::string& scratch);

/// Whether JSON for the text, read as YAML, can be a key: one line, 1024 characters.
bool fits_json_key(std::string_view text);

/// The number of code points of valid UTF-8.
std::size_t count_characters(std::string_view text);

}  // namespace rhumb::yaml
