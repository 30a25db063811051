#include "token_scanner.h"

#include <algorithm>

namespace rhumb::yaml {
namespace {

constexpr std::size_t depth_limit = 10000;
constexpr std::size_t key_length_limit = 1024;

std::size_t width_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

}  // namespace

TokenScanner::TokenScanner(std::string_view text) : text_(text), position_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

const Token* TokenScanner::peek() { return available_ || fetch_more() ? &tokens_.front() : nullptr; }

void TokenScanner::skip() {
  available_ = false;
  key_of_token_.erase(parsed_);  // nobody asks for it again
  ++parsed_;
  skipped_to_ = std::max(skipped_to_, tokens_.front().end);
  tokens_.pop_front();
}

bool TokenScanner::is_break(std::size_t ahead) const {
  const char c = at(ahead);
  if (c == '\n' || c == '\r') return true;
  if (c == '\xC2') return at(ahead + 1) == '\x85';
  return c == '\xE2' && at(ahead + 1) == '\x80' && (at(ahead + 2) == '\xA8' || at(ahead + 2) == '\xA9');
}

bool TokenScanner::is_document_indicator(char c) const {
  return mark_.column == 0 && at(0) == c && at(1) == c && at(2) == c && is_gap(3);
}

void TokenScanner::advance(std::size_t characters) {
  for (; characters > 0; --characters) {
    position_ = std::min(position_ + width_of(at()), text_.size());
    ++mark_.index;
    ++mark_.column;
  }
}

void TokenScanner::advance_line() {
  if (!is_break()) return;
  const bool two = at() == '\r' && at(1) == '\n';
  position_ += two ? 2 : width_of(at());
  mark_.index += two ? 2 : 1;
  mark_.column = 0;
  ++mark_.line;
}

void TokenScanner::skip_blanks() {
  while (is_blank()) advance();
}

void TokenScanner::skip_comment() {
  if (at() != '#') return;
  while (!is_break_or_end()) advance();
}

std::string_view TokenScanner::skip_name() {
  const std::size_t begin = position_;
  while (is_name_character(at())) advance();
  return text_.substr(begin, position_ - begin);
}

bool TokenScanner::fail(std::string_view problem) {
  fault_ = {std::string(problem), mark_.line, true};
  return false;
}

void TokenScanner::add(TokenKind kind, std::size_t line) { tokens_.push_back({kind, line, {}, false, 0}); }

// A key that has been handed out already has its token put last, as go-yaml does.
void TokenScanner::insert(std::ptrdiff_t position, TokenKind kind, std::size_t line) {
  if (position < 0 || static_cast<std::size_t>(position) >= tokens_.size()) return add(kind, line);
  tokens_.insert(tokens_.begin() + position, {kind, line, {}, false, 0});
}

bool TokenScanner::check_key(Key& key, bool& valid) {
  valid = key.possible;
  if (!valid) return true;
  if (key.place.line >= mark_.line && key.place.index + key_length_limit >= mark_.index) return true;
  if (key.required) return fail("could not find expected ':'");
  valid = key.possible = false;
  return true;
}

bool TokenScanner::save_key() {
  if (!key_allowed_) return true;
  const bool required = flow_level_ == 0 && indent_ == static_cast<std::ptrdiff_t>(mark_.column);
  if (!remove_key()) return false;
  keys_.back() = {true, required, next_token(), mark_};
  key_of_token_[next_token()] = keys_.size() - 1;
  return true;
}

bool TokenScanner::remove_key() {
  Key& key = keys_.back();
  if (!key.possible) return true;
  if (key.required) return fail("could not find expected ':'");
  key.possible = false;
  key_of_token_.erase(key.token);
  return true;
}

bool TokenScanner::open_flow() {
  keys_.push_back({false, false, next_token(), mark_});
  if (++flow_level_ > depth_limit) return fail("exceeded max depth of 10000");
  return true;
}

// The key of a level that has seen none still has the number of the bracket: so go-yaml forgets that the bracket may be
// a key itself.
void TokenScanner::close_flow() {
  if (flow_level_ == 0) return;
  --flow_level_;
  key_of_token_.erase(keys_.back().token);
  keys_.pop_back();
}

bool TokenScanner::roll_indent(std::size_t column, std::ptrdiff_t token, TokenKind kind, std::size_t line) {
  if (flow_level_ > 0 || indent_ >= static_cast<std::ptrdiff_t>(column)) return true;
  indents_.push_back(indent_);
  indent_ = static_cast<std::ptrdiff_t>(column);
  if (indents_.size() > depth_limit) return fail("exceeded max depth of 10000");
  insert(token < 0 ? token : token - static_cast<std::ptrdiff_t>(parsed_), kind, line);
  return true;
}

void TokenScanner::unroll_indent(std::ptrdiff_t column) {
  if (flow_level_ > 0) return;
  while (indent_ > column) {
    add(TokenKind::block_end, mark_.line);
    indent_ = indents_.back();
    indents_.pop_back();
  }
}

bool TokenScanner::fetch_more() {
  for (;;) {
    if (!tokens_.empty()) {
      const auto found = key_of_token_.find(parsed_);
      if (found == key_of_token_.end() || found->second >= keys_.size()) break;
      bool valid = false;
      if (!check_key(keys_[found->second], valid)) return false;
      if (!valid) break;
    }
    if (!fetch_next()) return false;
  }
  available_ = true;
  return true;
}

bool TokenScanner::fetch_next() {
  if (!started_) {
    started_ = true;
    keys_.emplace_back();
    add(TokenKind::stream_start, mark_.line);
    return true;
  }
  scan_to_next();
  unroll_indent(static_cast<std::ptrdiff_t>(mark_.column));
  if (!fetch_token()) return false;
  tokens_.back().end = position_;
  return true;
}

bool TokenScanner::fetch_token() {
  if (is_end()) return fetch_stream_end();
  if (mark_.column == 0 && at() == '%') return fetch_directive();
  if (is_document_indicator('-')) return fetch_document_indicator(TokenKind::document_start);
  if (is_document_indicator('.')) return fetch_document_indicator(TokenKind::document_end);
  switch (at()) {
    case '[': return fetch_flow_start(TokenKind::flow_sequence_start);
    case '{': return fetch_flow_start(TokenKind::flow_mapping_start);
    case ']': return fetch_flow_end(TokenKind::flow_sequence_end);
    case '}': return fetch_flow_end(TokenKind::flow_mapping_end);
    case ',': return fetch_flow_entry();
    default: return fetch_content();
  }
}

bool TokenScanner::fetch_content() {
  const bool is_alone = is_gap(1);
  switch (at()) {
    case '-':
      if (is_alone) return fetch_block_entry();
      break;
    case '?':
      if (is_alone || flow_level_ > 0) return fetch_key();
      break;
    case ':':
      if (is_alone || flow_level_ > 0) return fetch_value();
      break;
    case '*': return fetch_anchor(TokenKind::alias);
    case '&': return fetch_anchor(TokenKind::anchor);
    case '!': return fetch_tag();
    case '|':
    case '>':
      if (flow_level_ == 0) return fetch_block_scalar();
      break;
    case '\'':
    case '"': return fetch_quoted();
    default: break;
  }
  return starts_plain() ? fetch_plain() : fail("found character that cannot start any token");
}

// Behind '-', '?' and ':' there is no blank here.
bool TokenScanner::starts_plain() const {
  if (at() == '-') return true;
  if (at() == '?' || at() == ':') return flow_level_ == 0;
  return !is_gap() && !is_any("#|>%@`");
}

void TokenScanner::scan_to_next() {
  for (;;) {
    while (at() == ' ' || (at() == '\t' && (flow_level_ > 0 || !key_allowed_))) advance();
    skip_comment();
    if (!is_break()) return;
    advance_line();
    if (flow_level_ == 0) key_allowed_ = true;
  }
}

// The end begins a line of its own.
bool TokenScanner::fetch_stream_end() {
  if (mark_.column != 0) {
    mark_.column = 0;
    ++mark_.line;
  }
  unroll_indent(-1);
  if (!remove_key()) return false;
  key_allowed_ = false;
  add(TokenKind::stream_end, mark_.line);
  return true;
}

bool TokenScanner::fetch_document_indicator(TokenKind kind) {
  unroll_indent(-1);
  if (!remove_key()) return false;
  key_allowed_ = false;
  add(kind, mark_.line);
  advance(3);
  return true;
}

bool TokenScanner::fetch_flow_start(TokenKind kind) {
  if (!save_key() || !open_flow()) return false;
  key_allowed_ = true;
  add(kind, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_flow_end(TokenKind kind) {
  if (!remove_key()) return false;
  close_flow();
  key_allowed_ = false;
  add(kind, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_flow_entry() {
  if (!remove_key()) return false;
  key_allowed_ = true;
  add(TokenKind::flow_entry, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_block_entry() {
  if (flow_level_ == 0) {
    if (!key_allowed_) return fail("block sequence entries are not allowed in this context");
    if (!roll_indent(mark_.column, -1, TokenKind::block_sequence_start, mark_.line)) return false;
  }
  if (!remove_key()) return false;
  key_allowed_ = true;
  add(TokenKind::block_entry, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_key() {
  if (flow_level_ == 0) {
    if (!key_allowed_) return fail("mapping keys are not allowed in this context");
    if (!roll_indent(mark_.column, -1, TokenKind::block_mapping_start, mark_.line)) return false;
  }
  if (!remove_key()) return false;
  key_allowed_ = flow_level_ == 0;
  add(TokenKind::key, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_value() {
  Key& key = keys_.back();
  bool valid = false;
  if (!check_key(key, valid)) return false;
  if (valid) {
    const auto token = static_cast<std::ptrdiff_t>(key.token);
    insert(token - static_cast<std::ptrdiff_t>(parsed_), TokenKind::key, key.place.line);
    if (!roll_indent(key.place.column, token, TokenKind::block_mapping_start, key.place.line)) return false;
    key.possible = false;
    key_of_token_.erase(key.token);
    key_allowed_ = false;
  } else if (!fetch_complex_value()) {
    return false;
  }
  add(TokenKind::value, mark_.line);
  advance();
  return true;
}

bool TokenScanner::fetch_complex_value() {
  if (flow_level_ == 0) {
    if (!key_allowed_) return fail("mapping values are not allowed in this context");
    if (!roll_indent(mark_.column, -1, TokenKind::block_mapping_start, mark_.line)) return false;
  }
  key_allowed_ = flow_level_ == 0;
  return true;
}

bool TokenScanner::fetch_directive() {
  unroll_indent(-1);
  if (!remove_key()) return false;
  key_allowed_ = false;
  Token token;
  token.line = mark_.line;
  if (!scan_directive(token)) return false;
  tokens_.push_back(token);
  return true;
}

bool TokenScanner::fetch_anchor(TokenKind kind) {
  if (!save_key()) return false;
  key_allowed_ = false;
  const std::size_t line = mark_.line;
  advance();
  const std::string_view name = skip_name();
  if (name.empty() || (!is_gap() && !is_any("?:,]}%@`"))) {
    return fail("did not find expected alphabetic or numeric character");
  }
  add(kind, line);
  tokens_.back().name = name;
  return true;
}

bool TokenScanner::fetch_tag() {
  if (!save_key()) return false;
  key_allowed_ = false;
  Token token;
  token.kind = TokenKind::tag;
  token.line = mark_.line;
  if (!scan_tag(token)) return false;
  tokens_.push_back(token);
  return true;
}

bool TokenScanner::fetch_block_scalar() {
  if (!remove_key()) return false;
  key_allowed_ = true;
  const std::size_t line = mark_.line;
  if (!scan_block_scalar()) return false;
  add(TokenKind::scalar, line);
  return true;
}

bool TokenScanner::fetch_quoted() {
  if (!save_key()) return false;
  key_allowed_ = false;
  const std::size_t line = mark_.line;
  if (!scan_quoted()) return false;
  add(TokenKind::scalar, line);
  return true;
}

bool TokenScanner::fetch_plain() {
  if (!save_key()) return false;
  key_allowed_ = false;
  const std::size_t line = mark_.line;
  if (!scan_plain()) return false;
  add(TokenKind::scalar, line);
  return true;
}

}  // namespace rhumb::yaml
