#include "emitter.h"

#include <algorithm>

#include "rhumb/base/limits.h"
#include "rhumb/base/utf8.h"

namespace rhumb::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// As yaml_emitter_check_simple_key: longer keys, in bytes, are written as "? key".
constexpr std::size_t simple_key_limit = 128;
constexpr std::size_t best_width = 80;

// The line break at the start of a text that is not a line feed; empty if there is none.
std::string_view leading_break(std::string_view text) {
  const utf8::Rune rune = utf8::decode(text);
  return is_break(rune.value) ? text.substr(0, rune.width) : std::string_view();
}

ScalarStyle choose_style(std::string_view text, bool quote) {
  if (text.find('\n') != std::string_view::npos) return ScalarStyle::literal;
  return quote ? ScalarStyle::double_quoted : ScalarStyle::plain;
}

}  // namespace

void Emitter::mark(const Value& value) {
  if (trace_ == nullptr) return;
  TracePiece piece;
  const TracePiece* const first = find_piece(value.trace(), 0);
  if (first != nullptr) piece = *first;
  piece.begin = static_cast<std::uint32_t>(out_.size() - base_);
  piece.kind = PieceKind::value;
  if (value.origin() != no_origin) piece.origin = value.origin();
  if (!trace_->empty() && trace_->back().begin == piece.begin) {
    trace_->back() = piece;
  } else {
    trace_->push_back(piece);
  }
}

void Emitter::trace_text(const Value& value, std::size_t begin) {
  const std::span<const TracePiece> trace = value.trace();
  // One piece of a value is marked already; a literal one says which line is which.
  if (trace_ == nullptr || trace.empty() || (trace.size() == 1 && trace[0].kind == PieceKind::value)) return;
  const std::string_view text = value.as_text();
  const auto line_end = [](std::string_view all, std::size_t from) {
    return std::min(all.find('\n', from), all.size());
  };
  std::size_t out_line = begin;
  if (text.find('\n') != std::string_view::npos) out_line = line_end(out_, begin) + 1;  // the header of a literal
  for (std::size_t from = 0; from < text.size() && out_line < out_.size();) {
    const std::size_t end = line_end(text, from);
    const std::string_view line = text.substr(from, end - from);
    const std::size_t out_end = line_end(out_, out_line);
    const std::size_t at = std::string_view(out_).substr(0, out_end).find(line, out_line);
    if (at == std::string_view::npos) return;
    append_trace(*trace_, at - base_, trace, text.size(), from, end);
    from = end + 1;
    out_line = out_end + 1;
  }
}

void Emitter::put_break() {
  out_ += '\n';
  column_ = 0;
  indention_ = true;
}

void Emitter::append(std::string_view text) {
  out_.append(text);
  column_ += static_cast<int>(count_characters(text));
}

void Emitter::write_break(std::string_view text) {
  if (text == "\n") {
    put_break();
  } else {
    out_.append(text);
    column_ = 0;
  }
  indention_ = true;
}

void Emitter::write_indent() {
  check_size();
  const int indent = std::max(indent_, 0);
  if (!indention_ || column_ > indent || (column_ == indent && !whitespace_)) put_break();
  if (column_ < indent) {
    out_.append(static_cast<std::size_t>(indent - column_), ' ');
    column_ = indent;
  }
  whitespace_ = true;
  indention_ = true;
}

void Emitter::indicator(std::string_view text, bool need_whitespace, bool is_whitespace, bool is_indention) {
  if (need_whitespace && !whitespace_) put(' ');
  append(text);
  whitespace_ = is_whitespace;
  indention_ = indention_ && is_indention;
}

void Emitter::token(std::string_view text) {
  if (!whitespace_) put(' ');
  append(text);
  whitespace_ = false;
  indention_ = false;
}

void Emitter::string(std::string_view text, bool quote, std::string_view tag) {
  write_scalar(text, choose_style(text, quote), analyse_scalar(text, dialect_ == Dialect::v3), false, tag);
}

// Asked wherever the text may grow faster than what it is made of.
void Emitter::check_size() const {
  if (out_.size() - base_ <= limit_) return;
  throw LimitError("a YAML text exceeds the limit of " + std::to_string(limit_) + " bytes");
}

void Emitter::key(std::string_view text, bool quote, std::string_view tag) {
  write_indent();
  const ScalarShape shape = analyse_scalar(text, dialect_ == Dialect::v3);
  const ScalarStyle style = choose_style(text, quote);
  if (!shape.multiline && text.size() + tag.size() <= simple_key_limit) {
    write_scalar(text, style, shape, true, tag);
    indicator(":", false, false, false);
    return;
  }
  indicator("?", true, false, true);
  write_scalar(text, style, shape, false, tag);
  write_indent();
  indicator(":", true, false, true);
}

void Emitter::empty(std::string_view brackets) {
  indicator(brackets.substr(0, 1), true, true, false);
  indicator(brackets.substr(1), false, false, false);
}

int Emitter::open_mapping() {
  const int before = indent_;
  indent_ = indent_ < 0 ? 0 : indent_ + 2;
  return before;
}

int Emitter::open_sequence(bool in_mapping) {
  const int before = indent_;
  const bool indentless = dialect_ == Dialect::v2 && in_mapping && !indention_;
  if (indent_ < 0) {
    indent_ = 0;
  } else if (!indentless) {
    indent_ += 2;
  }
  return before;
}

void Emitter::item() {
  write_indent();
  indicator("-", true, false, true);
}

void Emitter::finish() {
  write_indent();
  check_size();
}

// As yaml_emitter_select_scalar_style and yaml_emitter_process_scalar.
void Emitter::write_scalar(std::string_view text, ScalarStyle style, const ScalarShape& shape, bool simple_key,
                           std::string_view tag) {
  if (simple_key && shape.multiline) style = ScalarStyle::double_quoted;
  if (style == ScalarStyle::plain && (!shape.plain || (text.empty() && simple_key))) style = ScalarStyle::single_quoted;
  if (style == ScalarStyle::single_quoted && !shape.single_quoted) style = ScalarStyle::double_quoted;
  if (style == ScalarStyle::literal && (!shape.literal || simple_key)) style = ScalarStyle::double_quoted;
  if (!tag.empty()) indicator(tag, true, false, false);
  const int before = indent_;
  indent_ = indent_ < 0 ? 2 : indent_ + 2;
  switch (style) {
    case ScalarStyle::single_quoted: write_single_quoted(text, !simple_key); break;
    case ScalarStyle::double_quoted: write_double_quoted(text, !simple_key); break;
    case ScalarStyle::literal: write_literal(text); break;
    default: write_plain(text, !simple_key); break;
  }
  indent_ = before;
}

void Emitter::write_plain(std::string_view text, bool may_fold) {
  if (!whitespace_) put(' ');
  may_fold = may_fold && dialect_ == Dialect::v2 && static_cast<std::size_t>(column_) + text.size() > best_width;
  bool after_space = false;
  while (may_fold && !text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    append(text.substr(0, space));
    text.remove_prefix(space);
    if (space > 0) after_space = false;
    if (text.empty()) break;
    if (!after_space && must_fold() && text.substr(1, 1) != " ") {
      write_indent();
    } else {
      put(' ');
    }
    text.remove_prefix(1);
    after_space = true;
  }
  append(text);
  whitespace_ = false;
  indention_ = false;
}

void Emitter::write_single_quoted(std::string_view text, bool may_fold) {
  indicator("'", true, false, false);
  bool after_space = false;
  bool after_break = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest[0] == ' ') {
      const bool inside = at > 0 && at + 1 < text.size();
      if (may_fold && !after_space && must_fold() && inside && rest[1] != ' ') {
        write_indent();
      } else {
        put(' ');
      }
      ++at;
      after_space = true;
    } else if (const std::string_view line_break = leading_break(rest); !line_break.empty()) {
      if (!after_break && line_break == "\n") put_break();
      write_break(line_break);
      at += line_break.size();
      after_break = true;
    } else {
      if (after_break) write_indent();
      if (rest[0] == '\'') put('\'');
      const std::size_t width = utf8::decode(rest).width;
      append(rest.substr(0, width));
      at += width;
      indention_ = false;
      after_space = false;
      after_break = false;
    }
  }
  indicator("'", false, false, false);
  whitespace_ = false;
  indention_ = false;
}

void Emitter::write_double_quoted(std::string_view text, bool may_fold) {
  indicator("\"", true, false, false);
  // yaml_emitter_write_double_quoted_scalar asks the start of the text, not the character, for a byte order mark.
  const bool escape_all = text.starts_with(byte_order_mark);
  bool after_space = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const utf8::Rune rune = utf8::decode(rest);
    const char32_t c = rune.value;
    if (escape_all || !is_printable(c) || is_break(c) || c == '"' || c == '\\') {
      write_escape(c);
      after_space = false;
    } else if (c == ' ') {
      if (may_fold && !after_space && must_fold() && at > 0 && at + 1 < text.size()) {
        write_indent();
        if (rest[1] == ' ') put('\\');
      } else {
        put(' ');
      }
      after_space = true;
    } else {
      append(rest.substr(0, rune.width));
      after_space = false;
    }
    at += rune.width;
  }
  indicator("\"", false, false, false);
  whitespace_ = false;
  indention_ = false;
}

void Emitter::write_escape(char32_t rune) {
  check_size();
  put('\\');
  switch (rune) {
    case 0x00: put('0'); return;
    case 0x07: put('a'); return;
    case 0x08: put('b'); return;
    case 0x09: put('t'); return;
    case 0x0A: put('n'); return;
    case 0x0B: put('v'); return;
    case 0x0C: put('f'); return;
    case 0x0D: put('r'); return;
    case 0x1B: put('e'); return;
    case '"': put('"'); return;
    case '\\': put('\\'); return;
    case 0x85: put('N'); return;
    case 0xA0: put('_'); return;
    case 0x2028: put('L'); return;
    case 0x2029: put('P'); return;
    default: break;
  }
  put(rune <= 0xFF ? 'x' : rune <= 0xFFFF ? 'u' : 'U');
  for (int shift = rune <= 0xFF ? 4 : rune <= 0xFFFF ? 12 : 28; shift >= 0; shift -= 4) {
    put("0123456789ABCDEF"[(rune >> shift) & 15]);
  }
}

void Emitter::write_literal(std::string_view text) {
  indicator("|", true, false, false);
  if (text[0] == ' ' || !leading_break(text).empty()) indicator("2", false, false, false);
  const utf8::Rune last = utf8::decode_last(text);
  const std::string_view before = text.substr(0, text.size() - last.width);
  if (!is_break(last.value)) {
    indicator("-", false, false, false);
  } else if (before.empty() || is_break(utf8::decode_last(before).value)) {
    indicator("+", false, false, false);
  }
  put_break();
  indention_ = true;
  whitespace_ = true;
  bool after_break = true;
  while (!text.empty()) {
    const std::string_view line_break = leading_break(text);
    if (!line_break.empty()) {
      write_break(line_break);
      text.remove_prefix(line_break.size());
      after_break = true;
      continue;
    }
    if (after_break) write_indent();
    after_break = false;
    // Up to the next break: LF, or one of the two wide ones that start with E2.
    std::size_t end = std::max<std::size_t>(text.find_first_of("\n\xE2", 1), 1);
    end = std::min(end, text.size());
    append(text.substr(0, end));
    text.remove_prefix(end);
    indention_ = false;
  }
}

}  // namespace rhumb::yaml
