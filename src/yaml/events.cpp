// The rest of what tells go-yaml from libyaml, and the events in our own form.
#include "rhumb/yaml/events.h"

#include <algorithm>
#include <vector>

#include "event_source.h"

namespace rhumb::yaml {
namespace {

// max_flow_level and max_indents of go-yaml.
constexpr std::size_t go_depth_limit = 10000;
// libyaml looks at every open flow collection for every token, several times. So many events, each counted once for
// every collection around it, take some seconds.
constexpr std::size_t look_limit = 150'000'000;

Mark to_mark(const yaml_mark_t& mark) {
  return {static_cast<std::uint32_t>(mark.index), static_cast<std::uint32_t>(mark.line),
          static_cast<std::uint32_t>(mark.column)};
}

std::string_view to_view(const unsigned char* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

ScalarStyle to_style(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return ScalarStyle::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return ScalarStyle::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE: return ScalarStyle::literal;
    case YAML_FOLDED_SCALAR_STYLE: return ScalarStyle::folded;
    default: return ScalarStyle::plain;
  }
}

// Whether a line ends here; at the CR of a CR LF it does not yet.
bool starts_break(std::string_view text) {
  return text.starts_with('\n') || (text.starts_with('\r') && !text.starts_with("\r\n")) ||
         text.starts_with("\xC2\x85") || text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9");
}

constexpr std::string_view missing = "could not find expected ':'";

std::size_t line_breaks(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) count += starts_break(text.substr(i)) ? 1 : 0;
  return count;
}

std::string_view first_line(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != '\r' && !starts_break(text.substr(end))) ++end;
  return text.substr(0, end);
}

std::string_view skip_word(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_of(" \t"), text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

// The size of the quoted text at the start of another one; more than the other one has when it does not end there.
std::size_t quoted_size(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && text[end] != text[0]) end += text[0] == '"' && text[end] == '\\' ? 2 : 1;
  return end + 1;
}

// The size of the scalar at the start of a text inside of a flow collection, with the breaks that a plain one takes
// along; 0 for other tokens. The text is not empty.
std::size_t scalar_size(std::string_view text) {
  if (text[0] == '\'' || text[0] == '"') return quoted_size(text);
  if (std::string_view(",[]{}&*!?:#-").find(text[0]) != std::string_view::npos) return 0;
  std::size_t end = 0;
  const auto goes_on = [text](std::size_t at) {
    if (std::string_view(",[]{}?").find(text[at]) != std::string_view::npos) return false;
    const bool before_blank =
        at + 1 >= text.size() || std::string_view(" \t\r\n").find(text[at + 1]) != std::string_view::npos;
    if (text[at] == ':') return !before_blank;
    return text[at] != '#' || (text[at - 1] != ' ' && text[at - 1] != '\n');
  };
  while (end < text.size() && goes_on(end)) ++end;
  return end;
}

// Whether a text starts with brackets that hold nothing but blanks, breaks and comments.
bool is_empty_collection(std::string_view text) {
  if (!text.starts_with('[') && !text.starts_with('{')) return false;
  text.remove_prefix(1);
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (!text.starts_with('#')) return text.starts_with(']') || text.starts_with('}');
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
}

// Whether the last thing in front of a part of a text is the dash of an item without content.
bool follows_dash(std::string_view text, std::string_view part) {
  text.remove_suffix(part.size());
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && text[last] == '-';
}

// Whether a line starts with a bracket and ends without one that closes.
bool is_open_collection(std::string_view line) {
  if (!line.starts_with('[') && !line.starts_with('{')) return false;
  const char last = line[line.find_last_not_of(" \t")];
  return last != ']' && last != '}';
}

// Whether a line, from the start of a key on, holds a key that is not plain and ends there.
bool is_whole_key(std::string_view line) {
  while (line.starts_with('!') || line.starts_with('&')) line = skip_word(line);
  if (line.starts_with('*')) line = skip_word(line);
  if (line.empty() || line[0] == '#') return true;
  const std::size_t last = line.find_last_not_of(" \t");
  // Of an open one, too, the next token decides, unless a scalar goes on to the next line.
  if (line[0] == '[' || line[0] == '{') {
    return std::string_view("[]{},:\"'").find(line[last]) != std::string_view::npos ||
           line.find(" #") != std::string_view::npos;
  }
  if (line[0] != '\'' && line[0] != '"') return false;
  const std::size_t end = quoted_size(line);
  if (end > line.size()) return false;
  const std::string_view behind = skip_word(line.substr(end));
  return behind.empty() || behind[0] == '#';
}

// Whether the directives at the start of a text ask for a version of YAML that go-yaml refuses. It does so as soon as
// it has read the directive; libyaml, which takes 1.2 too, may find another fault first.
bool is_for_other_version(std::string_view text, std::size_t& line) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (line = 0; !text.empty(); ++line) {
    const std::string_view here = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(here.size() + 1, text.size()));
    const std::size_t first = here.find_first_not_of(" \r");
    if (here.starts_with("%YAML ") || here.starts_with("%YAML\t")) {
      const std::size_t version = std::min(here.find_first_not_of(" \t", 5), here.size());
      return here.substr(version).starts_with("1.2");
    }
    if (first != std::string_view::npos && here[first] != '#' && !here.starts_with("%TAG")) return false;
  }
  return false;
}

}  // namespace

class EventReader::Impl {
 public:
  Impl(std::string_view text, std::size_t depth_limit) : source_(text), depth_limit_(depth_limit) {}

  bool next(Event& event) {
    if (!source_.next()) return fail_as_parser();
    if (source_.event().type == YAML_STREAM_START_EVENT) return next(event);
    fill(event);
    if (!event.tag.empty() && flow_depth_ > 0 && event.kind != EventKind::document_start && source_.patch_flow_tag()) {
      return next(event);
    }
    return check(event);
  }

  const std::string& error() const { return error_; }
  std::size_t offset(const Mark& mark) { return source_.offset(mark.index); }

 private:
  struct Open {
    bool mapping;
    bool pair;  // "a: b" as an entry of a flow sequence: no collection of its own to go-yaml's messages
    bool flow;
    bool indents;
    std::uint32_t line;
  };

  void fill(Event& event);
  void fill_scalar(Event& event);
  void fill_collection(Event& event, bool mapping);
  bool check(const Event& event);
  bool check_question_mark(const Event& event);
  bool open(const Event& event);
  bool close();
  bool fail(std::size_t problem_line, std::size_t context_line, bool scanner, std::string_view problem);
  bool fail_as_parser();
  bool fail_limit(const Event& event, std::string_view problem);
  std::string_view missing_colon(std::size_t& line);

  EventSource source_;
  std::size_t depth_limit_;
  std::vector<Open> open_;
  std::size_t flow_depth_ = 0;
  std::size_t indent_depth_ = 0;
  std::size_t looks_ = 0;
  bool in_document_ = false;
  std::string error_;
};

void EventReader::Impl::fill_scalar(Event& event) {
  const auto& scalar = source_.event().data.scalar;
  event.kind = EventKind::scalar;
  event.style = to_style(scalar.style);
  event.implicit = scalar.plain_implicit != 0;
  event.value = source_.scalar_value();
  event.tag = to_view(scalar.tag);
  event.anchor = to_view(scalar.anchor);
}

void EventReader::Impl::fill_collection(Event& event, bool mapping) {
  const yaml_event_t& from = source_.event();
  if (mapping) {
    event.kind = EventKind::mapping_start;
    event.flow = from.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    event.tag = to_view(from.data.mapping_start.tag);
    event.anchor = to_view(from.data.mapping_start.anchor);
  } else {
    event.kind = EventKind::sequence_start;
    event.flow = from.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    event.tag = to_view(from.data.sequence_start.tag);
    event.anchor = to_view(from.data.sequence_start.anchor);
  }
}

void EventReader::Impl::fill(Event& event) {
  const yaml_event_t& from = source_.event();
  event = Event{};
  event.begin = to_mark(from.start_mark);
  event.end = to_mark(from.end_mark);
  switch (from.type) {
    case YAML_DOCUMENT_START_EVENT:
      event.kind = EventKind::document_start;
      event.implicit = from.data.document_start.implicit != 0;
      break;
    case YAML_DOCUMENT_END_EVENT:
      event.kind = EventKind::document_end;
      event.implicit = from.data.document_end.implicit != 0;
      break;
    case YAML_ALIAS_EVENT:
      event.kind = EventKind::alias;
      event.anchor = to_view(from.data.alias.anchor);
      break;
    case YAML_SCALAR_EVENT: fill_scalar(event); break;
    case YAML_SEQUENCE_START_EVENT: fill_collection(event, false); break;
    case YAML_SEQUENCE_END_EVENT: event.kind = EventKind::sequence_end; break;
    case YAML_MAPPING_START_EVENT: fill_collection(event, true); break;
    case YAML_MAPPING_END_EVENT: event.kind = EventKind::mapping_end; break;
    default: event.kind = EventKind::stream_end; break;
  }
}

bool EventReader::Impl::check(const Event& event) {
  looks_ += flow_depth_;
  if (looks_ > look_limit) return fail_limit(event, "too many values in deeply nested flow collections");
  switch (event.kind) {
    case EventKind::document_start: {
      in_document_ = true;
      const yaml_version_directive_t* const version = source_.event().data.document_start.version_directive;
      if (version == nullptr || (version->major == 1 && version->minor == 1)) return true;
      return fail(event.begin.line, 0, false, "found incompatible YAML document");
    }
    case EventKind::scalar: return check_question_mark(event);
    case EventKind::sequence_start:
    case EventKind::mapping_start: return open(event);
    case EventKind::sequence_end:
    case EventKind::mapping_end: return close();
    default: return true;
  }
}

// go-yaml ends a plain scalar of a flow collection at any '?', which no collection goes on with.
bool EventReader::Impl::check_question_mark(const Event& event) {
  if (flow_depth_ == 0 || event.style != ScalarStyle::plain) return true;
  if (event.value.find('?') == std::string_view::npos) return true;
  const std::size_t begin = source_.offset(event.begin.index);
  const std::string_view rest = source_.text().substr(begin);
  const std::size_t line = event.begin.line + line_breaks(rest.substr(0, rest.find('?')));
  const Open& open = open_.back().pair && open_.size() > 1 ? open_[open_.size() - 2] : open_.back();
  return fail(line, open.line, false,
              open.mapping ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'");
}

bool EventReader::Impl::open(const Event& event) {
  const bool mapping = event.kind == EventKind::mapping_start;
  // The entries of a list that is not indented below its key open no level.
  const bool indents = !event.flow && (mapping || event.begin.index == event.end.index);
  bool pair = false;
  if (mapping && flow_depth_ > 0 && !open_.back().mapping && event.anchor.empty() && event.tag.empty()) {
    pair = source_.text().substr(source_.offset(event.begin.index), 1) != "{";
  }
  open_.push_back({mapping, pair, event.flow, indents, event.begin.line});
  flow_depth_ += event.flow ? 1 : 0;
  indent_depth_ += indents ? 1 : 0;
  if (depth_limit_ != go_depth_limit) {
    if (std::max(flow_depth_, depth_limit_ < go_depth_limit ? open_.size() : indent_depth_) <= depth_limit_)
      return true;
    return fail_limit(event, "exceeded max depth of " + std::to_string(depth_limit_));
  }
  if (flow_depth_ <= go_depth_limit && indent_depth_ <= go_depth_limit) return true;
  return fail(event.begin.line, event.begin.line, true, "exceeded max depth of 10000");
}

bool EventReader::Impl::close() {
  flow_depth_ -= open_.back().flow ? 1 : 0;
  indent_depth_ -= open_.back().indents ? 1 : 0;
  open_.pop_back();
  return true;
}

// As parser.fail of go-yaml: lines count from 0, only the scanner's are corrected, and 0 is left out.
bool EventReader::Impl::fail(std::size_t problem_line, std::size_t context_line, bool scanner,
                             std::string_view problem) {
  std::size_t line = context_line;
  if (problem_line != 0) line = problem_line + (scanner ? 1 : 0);
  error_ = "yaml: ";
  if (line != 0) error_ += "line " + std::to_string(line) + ": ";
  error_ += problem;
  return false;
}

// A limit of our own: nothing to copy, so the line is always there.
bool EventReader::Impl::fail_limit(const Event& event, std::string_view problem) {
  error_ = "yaml: line " + std::to_string(event.begin.line + 1) + ": " + std::string(problem);
  return false;
}

bool EventReader::Impl::fail_as_parser() {
  const yaml_parser_t& parser = source_.parser();
  std::size_t line = 0;
  if (!in_document_ && parser.error != YAML_READER_ERROR && is_for_other_version(source_.text(), line)) {
    return fail(line, 0, false, "found incompatible YAML document");
  }
  std::string_view problem = parser.problem == nullptr ? "unknown problem parsing YAML content" : parser.problem;
  line = parser.problem_mark.line;
  const bool in_scanner = parser.error == YAML_SCANNER_ERROR;
  if (problem != missing) return fail(line, parser.context_mark.line, in_scanner, problem);
  problem = missing_colon(line);
  return fail(line, parser.context_mark.line, in_scanner && !problem.starts_with("did not find"), problem);
}

// A plain scalar takes the line breaks behind it along, and both libraries miss the colon right there. Behind other
// keys libyaml misses it as soon as it stands on the next token; go-yaml reads that token first, and the end of the
// stream begins a line of its own. That a flow collection without anything in it may be a key go-yaml has forgotten
// when it has read its end.
std::string_view EventReader::Impl::missing_colon(std::size_t& line) {
  const yaml_parser_t& parser = source_.parser();
  const std::string_view from_key = source_.text().substr(source_.offset(parser.context_mark.index));
  const std::string_view rest = source_.text().substr(source_.offset(parser.problem_mark.index));
  if (is_empty_collection(from_key) && parser.state == YAML_PARSE_BLOCK_MAPPING_KEY_STATE) {
    line = parser.context_mark.line;
    return "did not find expected key";
  }
  if (is_empty_collection(from_key) && parser.state == YAML_PARSE_BLOCK_SEQUENCE_ENTRY_STATE &&
      !follows_dash(source_.text(), from_key)) {
    line = parser.context_mark.line;
    return "did not find expected '-' indicator";
  }
  const std::string_view key = first_line(from_key);
  if (parser.problem_mark.line > parser.context_mark.line && is_whole_key(key)) {
    if (rest.empty()) {
      line += parser.problem_mark.column > 0 ? 1 : 0;
    } else if (rest[0] == '@' || rest[0] == '`' || rest[0] == '\t' ||
               (rest[0] == '%' && parser.problem_mark.column > 0)) {
      return "found character that cannot start any token";
    } else if (is_open_collection(key)) {
      line += line_breaks(rest.substr(0, scalar_size(rest)));
    }
  }
  return missing;
}

EventReader::EventReader(std::string_view text, std::uint32_t depth_limit)
    : impl_(std::make_unique<Impl>(text, depth_limit)) {}
EventReader::~EventReader() = default;
bool EventReader::next(Event& event) { return impl_->next(event); }
const std::string& EventReader::error() const { return impl_->error(); }
std::size_t EventReader::offset(const Mark& mark) { return impl_->offset(mark); }

}  // namespace rhumb::yaml
