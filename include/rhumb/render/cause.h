// Why a piece of the output says what it says: the line of the template that wrote it, the includes that led there, the
// keys of the values that flowed into it, and what these keys won over.
//
// Works on a traced rendering only (see origin.h for origins, value.h for traces).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/source.h"
#include "rhumb/render/render.h"

namespace rhumb::render {

/// A step of the way from the template of the output down to the node that wrote the text.
struct TemplateFrame {
  /// "" for the innermost node, else what was called there: `include "odoo.labels"`, `template "x"`, `tpl`; or "print"
  /// where a text that was made before (kept in a variable, read back with fromYaml) is written.
  std::string what;
  /// Of the node, in the file as it lies on disk. Unknown (no_file) within a text that `tpl` was given, if that text
  /// has no place of its own.
  Span span;
};

/// One place that gives a value.
struct ValueLayer {
  enum class Kind : std::uint8_t { file, set_flag };
  Kind kind = Kind::file;
  Span span;         // of the value's node in its file; of the flag's text in a source that is named like the flag
  Span key;          // of the key alone; unknown where there is none (list items, flags)
  std::string path;  // of keys, from the root of that file: "tmsOdoo.image.tag"
};

/// A key of the values as the rendering saw it: the layer that won first, then those that it won over.
struct ValueCause {
  std::vector<ValueLayer> layers;
};

/// A condition that decided that the text is there at all.
struct BranchCause {
  Span span;  // of the if, with or range
  std::vector<ValueCause> deciders;
};

struct Cause {
  std::vector<TemplateFrame> frames;  // innermost first
  std::vector<ValueCause> values;     // in the order they appear in the text, each once
  std::vector<BranchCause> branches;  // innermost first
};

/// For bytes [begin, end) of the text of rendering.files()[file]; of an empty range the place where it stands. Nothing
/// for a rendering that is not traced.
Cause explain(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end);

/// A part of a template that would have written a key if the values had not left it out.
struct Slot {
  Span branch;                        // the if, with or range that was not taken
  std::vector<TemplateFrame> frames;  // the way to it, innermost first
  std::vector<ValueCause> deciders;   // what made it be left out: keys that exist
  /// The paths that its condition reads, as far as the template says: "tmsOdoo.resources". With `all_keys` those alone
  /// that have to be set.
  std::vector<std::string> keys;
  bool all_keys = false;
  /// Those that are empty or false in this rendering and would turn the condition, in words: "a and (b or c)"; empty
  /// where it cannot be told.
  std::string to_set;
  /// The same as keys that do it together: of alternatives the first.
  std::vector<std::string> needed;
  /// The text that the one key would have to be: "distributed" of `eq .Values.mode "distributed"`; empty for others.
  std::string wanted;
  /// What prints the value right behind the key; unknown where none does, or the key stands in no text.
  Span print;
  /// That would put the value beside its key, not below it: nothing of the values cures it.
  bool is_shallow = false;
};

/// Whether a template had a place for a key (as in "resources:") within bytes [begin, end) of the file's text, its end
/// included, that the values left empty. The innermost and last one wins. `column`: where the key would have to stand
/// in the output, from 1, as far as it can be told where it would; 0 for anywhere. At the end of a map there is room
/// for a key of the map and for one of the maps around it; items of lists that a branch opens itself are other maps.
///
/// `keys`: the key and those below it that are wanted, at least one: {"annotations", "prometheus.io/scrape"}. Among
/// several ways into the branch the one is told whose value holds all of them already, so that a switch alone keeps
/// them out; else the one whose value may hold them. A map of the values that the branch would print is a place for the
/// keys in it.
std::optional<Slot> find_slot(const Rendering& rendering, std::size_t file, std::size_t begin, std::size_t end,
                              std::span<const std::string_view> keys, std::uint32_t column = 0);

/// What would have written a value behind the key that ends at byte `key_end` of the file's text, where the values left
/// nothing for it: in `affinity: {{ include ... }}` the branch that was not taken. The last one that reads values.
std::optional<Slot> slot_behind(const Rendering& rendering, std::size_t file, std::size_t key_end);

/// An object that a template would have written if the values had not left it out.
struct LeftOutObject {
  std::size_t file = 0;  // of rendering.files()
  Slot slot;
  std::string text;  // literal text of the template, without what its actions print
};

/// Those of a kind, as far as the kind is written in the template. In order of files. `text`: what is wanted of the
/// object; what the conditions around it want belongs to what is needed, as far as they can be told.
std::vector<LeftOutObject> left_out_objects(const Rendering& rendering, std::string_view kind,
                                            std::string_view text = {});

/// A value that templates looked at, or looked into.
struct ValueRead {
  Span span;         // of the value's node
  Span key;          // as ValueLayer::key
  std::string path;  // of keys, from the root of that file
};

/// The nodes of values files, defaults of charts included, and the --set flags that this rendering never read: neither
/// the node itself nor anything below it, nor as a part of a whole that was read (toYaml, range, merge into something
/// that was). Only the topmost unread node of a subtree is given. In order of files and places.
std::vector<ValueRead> unread_values(const Rendering& rendering);

/// Line and column, from 1, of a byte of the text of rendering.files()[file].
LineColumn output_place(const Rendering& rendering, std::size_t file, std::size_t offset);

}  // namespace rhumb::render
