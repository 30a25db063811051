// The rest of what tells go-yaml from libyaml, and the events in our own form.
#include "rhumb/yaml/events.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "event_source.h"
#include "fault.h"

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

// From the tag and the anchor of a node on to its content.
std::string_view skip_properties(std::string_view text) {
  while (text.starts_with('&') || text.starts_with('!')) {
    text.remove_prefix(std::min(text.find_first_of(" \t\r\n"), text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    while (text.starts_with('#')) {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
      text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    }
  }
  return text;
}

}  // namespace

class EventReader::Impl {
 public:
  Impl(std::string_view text, std::size_t depth_limit) : source_(text), depth_limit_(depth_limit) {}

  bool next(Event& event) {
    if (!source_.next()) {
      if (source_.parser().error != YAML_READER_ERROR && cut_document(false)) return next(event);
      return fail_as_parser();
    }
    if (source_.event().type == YAML_STREAM_START_EVENT) return next(event);
    fill(event);
    if (starts_with_collection(event) && cut_document(true)) return next(event);
    if (is_collection_key(event) && has_fault()) return fail(*search_->fault);
    if (!event.tag.empty() && flow_depth_ > 0 && event.kind != EventKind::document_start && source_.patch_flow_tag()) {
      return next(event);
    }
    return check(event);
  }

  void refuse_alias(std::string_view anchor) {
    fail_as_go({"unknown anchor '" + std::string(anchor) + "' referenced", 0, false});
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
  bool open(const Event& event);
  bool close();
  bool fail(const Fault& fault);
  bool fail_as_parser();
  bool fail_as_go(const Fault& otherwise);
  bool starts_with_collection(const Event& event);
  bool is_collection_key(const Event& event);
  bool cut_document(bool again);
  bool has_fault();
  bool fail_limit(const Event& event, std::string_view problem);

  EventSource source_;
  std::size_t depth_limit_;
  std::vector<Open> open_;
  std::size_t flow_depth_ = 0;
  std::size_t indent_depth_ = 0;
  std::size_t looks_ = 0;
  std::optional<FaultSearch> search_;
  std::size_t documents_ = 0;
  bool is_cut_ = false;
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
      const yaml_version_directive_t* const version = source_.event().data.document_start.version_directive;
      if (version == nullptr || (version->major == 1 && version->minor == 1)) return true;
      return fail_as_go({"found incompatible YAML document", event.begin.line, false});
    }
    case EventKind::scalar:
      // go-yaml ends a plain scalar of a flow collection at any '?', which no collection goes on with.
      if (flow_depth_ == 0 || event.style != ScalarStyle::plain) return true;
      if (event.value.find('?') == std::string_view::npos) return true;
      return fail_as_go({"did not find expected ',' or '}'", event.begin.line, false});
    case EventKind::sequence_start:
    case EventKind::mapping_start: return open(event);
    case EventKind::sequence_end:
    case EventKind::mapping_end: return close();
    case EventKind::document_end: ++documents_; return true;
    case EventKind::stream_end:
      return !is_cut_ || fail_as_go({"did not find expected <document start>", event.begin.line, false});
    default: return true;
  }
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
  return fail({"exceeded max depth of 10000", event.begin.line, true});
}

bool EventReader::Impl::close() {
  flow_depth_ -= open_.back().flow ? 1 : 0;
  indent_depth_ -= open_.back().indents ? 1 : 0;
  open_.pop_back();
  return true;
}

// As parser.fail of go-yaml: lines count from 0, only the scanner's are corrected, and 0 is left out.
bool EventReader::Impl::fail(const Fault& fault) {
  error_ = "yaml: ";
  if (fault.line != 0) error_ += "line " + std::to_string(fault.line + (fault.in_scanner ? 1 : 0)) + ": ";
  error_ += fault.problem;
  return false;
}

// A limit of our own: nothing to copy, so the line is always there.
bool EventReader::Impl::fail_limit(const Event& event, std::string_view problem) {
  error_ = "yaml: line " + std::to_string(event.begin.line + 1) + ": " + std::string(problem);
  return false;
}

// The characters that cannot be read are libyaml's to judge.
bool EventReader::Impl::fail_as_parser() {
  const yaml_parser_t& parser = source_.parser();
  const Fault own{parser.problem == nullptr ? "unknown problem parsing YAML content" : parser.problem,
                  parser.problem_mark.line, parser.error == YAML_SCANNER_ERROR};
  return parser.error == YAML_READER_ERROR ? fail(own) : fail_as_go(own);
}

bool EventReader::Impl::fail_as_go(const Fault& otherwise) { return fail(has_fault() ? *search_->fault : otherwise); }

// go-yaml has forgotten that a collection may be a key when it has read its end and there was no possible key in it:
// "[]", "{? }". It takes it for a value. That libyaml reads it as a key shows at the block mapping that starts where
// the collection does, and at the ':' behind it. Collections that are keys are an error to everybody, so both may be
// slow.
bool EventReader::Impl::starts_with_collection(const Event& event) {
  if (event.kind != EventKind::mapping_start || event.flow) return false;
  const std::string_view rest = skip_properties(source_.text().substr(source_.offset(event.begin.index)));
  return rest.starts_with('[') || rest.starts_with('{');
}

bool EventReader::Impl::is_collection_key(const Event& event) {
  if (event.kind != EventKind::sequence_end && event.kind != EventKind::mapping_end) return false;
  if (!open_.back().flow) return false;
  const std::string_view rest = source_.text().substr(source_.offset(event.end.index));
  const std::size_t at = rest.find_first_not_of(" \t");
  return at != std::string_view::npos && rest[at] == ':';
}

bool EventReader::Impl::cut_document(bool again) {
  if (is_cut_ || documents_ > 0) return false;
  has_fault();
  if (!search_->cut) return false;
  is_cut_ = true;
  source_.cut(*search_->cut, again);
  return true;
}

// Whether go-yaml finds a fault in this document. UTF-16, which no chart is written in, is libyaml's alone.
bool EventReader::Impl::has_fault() {
  if (!search_) search_ = source_.has_wide_characters() ? FaultSearch{} : find_fault(source_.text());
  return search_->fault && search_->documents == documents_;
}

EventReader::EventReader(std::string_view text, std::uint32_t depth_limit)
    : impl_(std::make_unique<Impl>(text, depth_limit)) {}
EventReader::~EventReader() = default;
bool EventReader::next(Event& event) { return impl_->next(event); }
void EventReader::refuse_alias(std::string_view anchor) { impl_->refuse_alias(anchor); }
const std::string& EventReader::error() const { return impl_->error(); }
std::size_t EventReader::offset(const Mark& mark) { return impl_->offset(mark); }

}  // namespace rhumb::yaml
