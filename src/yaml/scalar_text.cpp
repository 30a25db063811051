#include "scalar_text.h"

#include <algorithm>
#include <array>

#include "rhumb/base/utf8.h"
#include "rhumb/yaml/json.h"

namespace rhumb::yaml {
namespace {

constexpr std::string_view next_line = "\xC2\x85";  // NEL

enum CharacterClass : std::uint8_t { ordinary, blank_space, tab_stop, line_break, colon, hash, special, multibyte };

constexpr std::array<CharacterClass, 256> make_classes() {
  std::array<CharacterClass, 256> classes{};
  for (std::size_t i = 0; i < 0x20; ++i) classes[i] = special;
  for (std::size_t i = 0x80; i < 0x100; ++i) classes[i] = multibyte;
  classes[0x7F] = special;
  classes[' '] = blank_space;
  classes['\t'] = tab_stop;
  classes['\n'] = line_break;
  classes['\r'] = line_break;
  classes[':'] = colon;
  classes['#'] = hash;
  return classes;
}

constexpr std::array<CharacterClass, 256> classes = make_classes();

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The first character, and document markers, can rule out the plain style by themselves.
bool starts_like_markup(std::string_view text) {
  if (text.starts_with("---") || text.starts_with("...")) return true;
  const bool alone = text.size() == 1 || is_blank(text[1]);
  if (text[0] == '-' || text[0] == '?' || text[0] == ':') return alone;
  return std::string_view("#,[]{}&*!|>'\"%@`").find(text[0]) != std::string_view::npos;
}

// One walk over the text, as the loop of yaml_emitter_analyze_scalar.
class Analysis {
 public:
  explicit Analysis(std::string_view text) : text_(text), indicators_(starts_like_markup(text)) {}

  ScalarShape run(bool pretty) {
    while (at_ < text_.size()) character(pretty);
    ScalarShape shape;
    shape.multiline = breaks_;
    const bool edges = is_break_at_start_ || previous_break_ || text_.front() == ' ' || text_.back() == ' ';
    const bool quoting_only = space_break_ || special_;
    shape.plain = !edges && !break_space_ && !quoting_only && !tabs_ && !breaks_ && !indicators_;
    shape.single_quoted = !break_space_ && !quoting_only && !tabs_;
    shape.literal = text_.back() != ' ' && !quoting_only;
    return shape;
  }

 private:
  void character(bool pretty) {
    const auto c = static_cast<unsigned char>(text_[at_]);
    switch (classes[c]) {
      case ordinary: step_over(false); break;
      case blank_space:
        break_space_ = break_space_ || previous_break_;
        previous_space_ = true;
        previous_break_ = false;
        after_whitespace_ = true;
        ++at_;
        break;
      case tab_stop:
        (pretty ? tabs_ : special_) = true;
        step_over(true);
        break;
      case line_break:
        special_ = special_ || c == '\r';
        take_break(1);
        break;
      case colon:
        indicators_ = indicators_ || at_ + 1 == text_.size() || is_blank(text_[at_ + 1]);
        step_over(false);
        break;
      case hash:
        indicators_ = indicators_ || after_whitespace_;
        step_over(false);
        break;
      case special:
        special_ = true;
        step_over(c == 0);
        break;
      case multibyte: wide_character(); break;
    }
  }

  void step_over(bool whitespace, std::size_t width = 1) {
    previous_space_ = false;
    previous_break_ = false;
    after_whitespace_ = whitespace;
    at_ += width;
  }

  void take_break(std::size_t width) {
    breaks_ = true;
    is_break_at_start_ = is_break_at_start_ || at_ == 0;
    space_break_ = space_break_ || previous_space_;
    previous_space_ = false;
    previous_break_ = true;
    after_whitespace_ = true;
    at_ += width;
  }

  void wide_character() {
    const utf8::Rune rune = utf8::decode(text_.substr(at_));
    special_ = special_ || !is_printable(rune.value);
    if (is_break(rune.value)) {
      take_break(rune.width);
    } else {
      step_over(false, rune.width);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool indicators_;
  bool special_ = false;
  bool tabs_ = false;
  bool breaks_ = false;
  bool is_break_at_start_ = false;
  bool break_space_ = false;
  bool space_break_ = false;
  bool previous_space_ = false;
  bool previous_break_ = false;
  bool after_whitespace_ = true;
};

bool is_control(char32_t rune) {
  return rune == 0x7F || (rune >= 0x80 && rune < 0xA0 && rune != 0x85) || rune == 0xFFFE || rune == 0xFFFF;
}

// A run of blanks and NELs in double quotes: one NEL is a space, each further one a line.
bool fold_next_lines(std::string_view& rest, std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  std::size_t count = 0;
  std::size_t blanks = 0;
  while (true) {
    if (rest.starts_with(next_line)) {
      ++count;
      blanks = 0;
      rest.remove_prefix(next_line.size());
    } else if (rest.starts_with(' ')) {
      ++blanks;
      rest.remove_prefix(1);
    } else {
      break;
    }
  }
  if (count == 1) {
    out += ' ';
  } else {
    out.append(count - 1, '\n');
  }
  if (blanks > 0 || !(rest.starts_with("---") || rest.starts_with("..."))) return true;
  const std::string_view behind = rest.substr(3);
  return !(behind.starts_with(' ') || behind.starts_with(next_line));
}

}  // namespace

bool is_printable(char32_t rune) {
  return rune == '\n' || (rune >= 0x20 && rune <= 0x7E) || (rune >= 0xA0 && rune < 0xD800) ||
         (rune >= 0xE000 && rune < 0xFFFE && rune != 0xFEFF);
}

bool is_break(char32_t rune) {
  return rune == '\r' || rune == '\n' || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

ScalarShape analyse_scalar(std::string_view text, bool pretty) {
  if (text.empty()) return {false, true, true, false};
  return Analysis(text).run(pretty);
}

JsonTrip pass_through_json(std::string_view text, std::string& scratch) {
  if (std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x7F; })) {
    return JsonTrip::same;
  }
  scratch.clear();
  bool changed = false;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    if (is_control(rune.value)) {
      scratch = "control characters are not allowed";
      return JsonTrip::refused;
    }
    if (rune.value == 0x85) {
      changed = true;
      if (fold_next_lines(text, scratch)) continue;
      scratch = "found unexpected document indicator";
      return JsonTrip::refused;
    }
    changed = changed || rune.invalid();
    utf8::append(scratch, rune.value);
    text.remove_prefix(rune.width);
  }
  return changed ? JsonTrip::changed : JsonTrip::same;
}

bool fits_json_key(std::string_view text) {
  constexpr std::size_t limit = 1024;
  // Six characters are the most that JSON makes of one byte.
  if (text.size() <= limit / 6 - 2 && text.find(next_line) == std::string_view::npos) return true;
  if (text.find(next_line) != std::string_view::npos) return false;
  std::string json;
  append_json_string(json, text);
  return count_characters(json) <= limit;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace rhumb::yaml
