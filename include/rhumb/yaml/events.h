// YAML as a stream of events, pulled one by one: what go-yaml v2.4.4 accepts, with its messages and its line numbers.
// libyaml, from which go-yaml was ported, does the work; where the two differ the reader steps in (see event_source.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "rhumb/base/limits.h"

namespace rhumb::yaml {

enum class EventKind : std::uint8_t {
  stream_end,
  document_start,
  document_end,
  alias,
  scalar,
  sequence_start,
  sequence_end,
  mapping_start,
  mapping_end,
};

enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

/// A place in the text: all three count from 0, index and column in characters.
struct Mark {
  std::uint32_t index = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// The views live until the next event.
struct Event {
  EventKind kind = EventKind::stream_end;
  ScalarStyle style = ScalarStyle::plain;
  /// Of scalars: plain without tag, or with the tag "!". Of documents: without "---" (start) or "..." (end).
  bool implicit = false;
  /// Of collections: [] or {}.
  bool flow = false;
  std::string_view value;
  std::string_view tag;     // complete: "tag:yaml.org,2002:str", "!mine"; empty for none
  std::string_view anchor;  // of aliases: the name they refer to
  Mark begin;
  Mark end;
};

class EventReader {
 public:
  /// The text must live as long as the reader. `depth_limit`: below go-yaml's own limit all open collections count,
  /// at it as go-yaml counts, flow and block apart.
  explicit EventReader(std::string_view text, std::uint32_t depth_limit = Limits{}.yaml_depth);
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// False for an error. Nothing may be asked after stream_end or an error.
  bool next(Event& event);
  /// Makes an alias whose anchor is not there an error: "yaml: unknown anchor 'x' referenced", or the fault that
  /// go-yaml has read ahead to by then.
  void refuse_alias(std::string_view anchor);
  /// As go-yaml words it: "yaml: line 3: did not find expected key".
  const std::string& error() const;
  /// The byte of the text at which a mark of this reader stands. Cheap for marks that come in order.
  std::size_t offset(const Mark& mark);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rhumb::yaml
