#include "event_source.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>

#include "characters.h"
#include "rhumb/base/utf8.h"

namespace rhumb::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view flow_indicators = ",?[]{}";
// Bytes that may be read again because of restarts: a hostile file must not make them quadratic.
constexpr std::size_t restart_bytes = 64 << 20;

#ifdef RHUMB_STRESS  // there libyaml reads everything itself
constexpr bool takes_short_cut = false;
#else
constexpr bool takes_short_cut = true;
#endif

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

bool ends_line(std::string_view text) {
  return text.ends_with('\n') || text.ends_with('\r') || text.ends_with("\xC2\x85") || text.ends_with("\xE2\x80\xA8") ||
         text.ends_with("\xE2\x80\xA9");
}

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_word(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '/' || c == ':'; }

// Whether the ':' can only be the end of a plain scalar: the word before it starts with a letter or a digit behind a
// blank or an indicator, and holds nothing else that means something.
bool ends_plain_word(std::string_view text, std::size_t colon) {
  std::size_t at = colon;
  while (at > 0 && is_word(text[at - 1])) --at;
  if (at == colon || !is_alnum(text[at])) return false;
  return at == 0 || std::string_view(" \n,[{").find(text[at - 1]) != std::string_view::npos;
}

bool is_tag_character(char c) {
  return is_alnum(c) || std::string_view("_-;/?:@&=+$,.!~*'()[]%").find(c) != std::string_view::npos;
}

constexpr std::size_t step = sizeof(std::uint64_t);

/// Of `step` bytes.
bool is_ascii(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080) == 0;
}

bool is_problem(const yaml_parser_t& parser, const char* problem) {
  return parser.error == YAML_SCANNER_ERROR && parser.problem != nullptr && std::strcmp(parser.problem, problem) == 0;
}

}  // namespace

MarkCursor::MarkCursor(std::string_view text, std::vector<Cut>&& cuts)
    : text_(text),
      cuts_(std::move(cuts)),
      first_(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0),
      offset_(first_) {}

std::size_t MarkCursor::offset(std::size_t index) {
  const std::size_t at = move(index);
  while (passed_ < cuts_.size() && at + removed_ >= cuts_[passed_].begin) removed_ += cuts_[passed_++].size;
  while (passed_ > 0 && at + removed_ < cuts_[passed_ - 1].begin + cuts_[passed_ - 1].size) {
    removed_ -= cuts_[--passed_].size;
  }
  return at + removed_;
}

/// Over characters of one byte alone it goes in long steps.
std::size_t MarkCursor::move(std::size_t index) {
  const auto continues = [this](std::size_t at) { return (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80; };
  const auto is_plain = [this](std::size_t at) { return at + step <= text_.size() && is_ascii(text_.data() + at); };
  while (index_ < index && offset_ < text_.size()) {
    if (index - index_ >= step && is_plain(offset_)) {
      offset_ += step;
      index_ += step;
      continue;
    }
    ++offset_;
    while (offset_ < text_.size() && continues(offset_)) ++offset_;
    ++index_;
  }
  while (index_ > index && offset_ > first_) {
    if (index_ - index >= step && offset_ >= first_ + step && is_plain(offset_ - step)) {
      offset_ -= step;
      index_ -= step;
      continue;
    }
    --offset_;
    while (offset_ > first_ && continues(offset_)) --offset_;
    --index_;
  }
  return offset_;
}

EventSource::EventSource(std::string_view text)
    : text_(text), utf16_(is_utf16(text)), patched_(text), cursor_(text), work_left_(restart_bytes + text.size()) {
  if (!utf16_) find_known_patches();
  start();
}

EventSource::~EventSource() {
  if (has_event_) yaml_event_delete(&event_);
  stop();
}

void EventSource::stop() {
  if (whole_ != nullptr) parser_.buffer = own_buffer_;
  whole_.reset();
  yaml_parser_delete(&parser_);
}

/// The state that yaml_parser_update_buffer comes to at the end of the text, one character after the other. From then
/// on it leaves the buffer alone.
void EventSource::hand_over(std::string_view text, std::size_t characters, std::vector<Cut>&& cuts) {
  constexpr std::size_t looked_ahead = 8;  // more than the scanner ever does
  whole_ = std::make_unique_for_overwrite<yaml_char_t[]>(text.size() + looked_ahead);
  yaml_char_t* end = whole_.get();
  const bool is_all_ascii = characters == text.size();
  std::size_t at = 0;
  const auto copy_to = [&](std::size_t to) {
    std::memcpy(end, text.data() + at, to - at);
    end += to - at;
  };
  for (const Cut& cut : cuts) {
    copy_to(cut.begin);
    at = cut.begin + cut.size;
    characters -= is_all_ascii ? cut.size : utf8::rune_count(text.substr(cut.begin, cut.size));
  }
  copy_to(text.size());
  std::memset(end, 0, looked_ahead);
  own_buffer_ = parser_.buffer;
  parser_.buffer.start = parser_.buffer.pointer = whole_.get();
  parser_.buffer.last = end + 1;
  parser_.buffer.end = end + looked_ahead;
  parser_.unread = characters + 1;
  parser_.eof = 1;
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  if (cuts.empty()) return;
  const std::string_view read(reinterpret_cast<const char*>(whole_.get()),
                              static_cast<std::size_t>(end - whole_.get()));
  cursor_ = MarkCursor(read, std::move(cuts));
}

void EventSource::start() {
  if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
  std::string_view text = patched_.empty() ? text_ : patched_.build();
  if (text.empty()) text = "\n";
  unread_ = text;
  cursor_ = MarkCursor(text_);
  yaml_parser_set_input(&parser_, read_some, this);
  if (!takes_short_cut) return;
  const std::optional<std::size_t> characters = plain_characters(text);
  if (!characters) return;
  hand_over(text, *characters, patched_.empty() ? find_comment_cuts(text) : std::vector<Cut>());
}

// Hands out as much as go-yaml's buffer takes at a time: which of two errors comes first, that of the characters or
// that of the syntax, depends on it.
int EventSource::read_some(void* self, unsigned char* buffer, std::size_t size, std::size_t* size_read) {
  constexpr std::size_t go_buffer = 512;
  auto* const source = static_cast<EventSource*>(self);
  const auto& raw = source->parser_.raw_buffer;
  const auto waiting = static_cast<std::size_t>(raw.last - raw.pointer);
  const std::string_view part = source->unread_.substr(0, std::min(size, go_buffer - std::min(waiting, go_buffer)));
  if (!part.empty()) std::memcpy(buffer, part.data(), part.size());
  source->unread_.remove_prefix(part.size());
  *size_read = part.size();
  return 1;
}

void EventSource::restart() {
  if (has_event_) yaml_event_delete(&event_);
  has_event_ = false;
  stop();
  start();
  for (std::size_t i = 0; i < delivered_; ++i) {
    if (!parse()) return;
  }
}

bool EventSource::parse() {
  if (has_event_) yaml_event_delete(&event_);
  has_event_ = yaml_parser_parse(&parser_, &event_) != 0;
  return has_event_;
}

bool EventSource::next() {
  while (!parse()) {
    if (utf16_ || work_left_ < text_.size() || !patch_after_error()) return false;
    work_left_ -= text_.size();
    restart();
  }
  ++delivered_;
  return true;
}

void EventSource::find_known_patches() {
  for (std::size_t at = text_.find("\\/"); at != std::string_view::npos; at = text_.find("\\/", at + 1)) {
    patched_.add(at + 1, Patch::slash);
  }
  for (std::size_t at = text_.find(byte_order_mark, 1); at != std::string_view::npos;
       at = text_.find(byte_order_mark, at + 1)) {
    if (ends_line(text_.substr(0, at))) patched_.add(at, Patch::bom);
  }
}

bool EventSource::patch_after_error() {
  const std::size_t at = cursor_.offset(parser_.problem_mark.index);
  if (at >= text_.size()) return false;
  if (is_problem(parser_, "found unexpected ':'") && text_[at] == ':') {
    if (!patched_.add(at, Patch::colon)) return false;
    patch_colons(at + 1);
    return true;
  }
  if (is_problem(parser_, "found unknown escape character") && text_.substr(at).starts_with("\\'")) {
    if (!patched_.add(at, Patch::backslash)) return false;
    patch_quotes(at + 2);
    return true;
  }
  if ((is_problem(parser_, "did not find expected whitespace or line break") ||
       is_problem(parser_, "did not find expected tag URI")) &&
      std::string_view(",[]").find(text_[at]) != std::string_view::npos) {
    return patched_.add(at, Patch::tag_comma);
  }
  return false;
}

// The rest of the text at once, where there is no doubt: every doubtful one costs a restart.
void EventSource::patch_colons(std::size_t from) {
  for (std::size_t at = text_.find(':', from); at != std::string_view::npos; at = text_.find(':', at + 1)) {
    const std::string_view next = text_.substr(at + 1, 1);
    if (next.empty() || flow_indicators.find(next) == std::string_view::npos) continue;
    if (ends_plain_word(text_, at)) patched_.add(at, Patch::colon);
  }
}

void EventSource::patch_quotes(std::size_t from) {
  for (std::size_t at = text_.find('\\', from); at != std::string_view::npos; at = text_.find('\\', at + 2)) {
    if (text_.substr(at + 1, 1) == "'") patched_.add(at, Patch::backslash);
  }
}

std::string_view EventSource::scalar_value() {
  const std::string_view value(reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length);
  if (!patched_.touches(value)) return value;
  ScalarStyle style = ScalarStyle::plain;
  if (event_.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) style = ScalarStyle::double_quoted;
  restored_ = patched_.restore(value, style);
  return restored_;
}

void EventSource::cut(std::size_t size, bool again) {
  text_ = text_.substr(0, size);
  patched_ = PatchedText(text_);
  find_known_patches();
  if (again) --delivered_;
  restart();
}

bool EventSource::patch_flow_tag() {
  if (utf16_ || work_left_ < text_.size()) return false;
  std::size_t at = cursor_.offset(event_.start_mark.index);
  if (at < text_.size() && text_[at] == '&') {
    while (at < text_.size() && text_[at] != '!' && text_[at] != '\n') ++at;
  }
  if (at >= text_.size() || text_[at] != '!' || text_.substr(at).starts_with("!<")) return false;
  bool added = false;
  for (++at; at < text_.size() && is_tag_character(text_[at]); ++at) {
    if (std::string_view(",[]").find(text_[at]) != std::string_view::npos) {
      added = patched_.add(at, Patch::tag_comma) || added;
    }
  }
  if (!added) return false;
  work_left_ -= text_.size();
  --delivered_;
  restart();
  return true;
}

}  // namespace rhumb::yaml
