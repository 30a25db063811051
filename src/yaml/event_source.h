// libyaml's events, with the differences between libyaml 0.2.5 and go-yaml v2.4.4 settled that lie in the scanner:
//  - ':' before , ? [ ] { } in a plain scalar of a flow collection ("[fd00::, b]", "{k:}"),
//  - the escapes \' (go-yaml knows it) and \/ (it does not),
//  - byte order marks at the start of later lines, commas and brackets in tags.
// Each is met by replacing the character (see patched_text.h) and, where it is only known from an error, by starting
// anew and skipping the events that were delivered. Files without such characters pay nothing.
#pragma once

#include <yaml.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "comment_cuts.h"
#include "patched_text.h"
#include "rhumb/yaml/events.h"

namespace rhumb::yaml {

/// Characters to bytes, for marks that mostly come in order.
class MarkCursor {
 public:
  explicit MarkCursor(std::string_view text) : MarkCursor(text, {}) {}
  /// The offsets are those in a text that is longer: by these cuts, which are places in it, `text` has become what is
  /// read.
  MarkCursor(std::string_view text, std::vector<Cut>&& cuts);
  std::size_t offset(std::size_t index);

 private:
  std::size_t move(std::size_t index);

  std::string_view text_;
  std::vector<Cut> cuts_;
  std::size_t passed_ = 0;   // cuts before where the cursor stands
  std::size_t removed_ = 0;  // their bytes
  std::size_t first_;        // after a byte order mark, which libyaml does not count
  std::size_t index_ = 0;
  std::size_t offset_;
};

class EventSource {
 public:
  explicit EventSource(std::string_view text);
  ~EventSource();
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;

  /// False for an error, which parser() describes.
  bool next();
  const yaml_event_t& event() const { return event_; }
  const yaml_parser_t& parser() const { return parser_; }
  /// The text of the scalar event.
  std::string_view scalar_value();
  /// Whether the tag of the event, in a flow collection, goes on behind a comma for go-yaml. Then the source has been
  /// patched and stands before the event again.
  bool patch_flow_tag();
  /// Ends the text early. With `again` the event is taken back, and the next one stands in its place.
  void cut(std::size_t size, bool again);

  std::string_view text() const { return text_; }
  bool has_wide_characters() const { return utf16_; }
  std::size_t offset(std::size_t index) { return cursor_.offset(index); }

 private:
  static int read_some(void* self, unsigned char* buffer, std::size_t size, std::size_t* size_read);
  void start();
  void stop();
  void hand_over(std::string_view text, std::size_t characters, std::vector<Cut>&& cuts);
  void restart();
  bool parse();
  void find_known_patches();
  bool patch_after_error();
  void patch_colons(std::size_t from);
  void patch_quotes(std::size_t from);

  std::string_view text_;
  bool utf16_;
  PatchedText patched_;
  MarkCursor cursor_;
  yaml_parser_t parser_{};
  std::unique_ptr<yaml_char_t[]> whole_;  // what the parser reads from, if it was handed over
  decltype(yaml_parser_t::buffer) own_buffer_{};
  yaml_event_t event_{};
  bool has_event_ = false;
  std::size_t delivered_ = 0;
  std::size_t work_left_;
  std::string_view unread_;
  std::string restored_;
};

}  // namespace rhumb::yaml
