#include "lint/locate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/remedy.h"
#include "lint/support/pod_security.h"
#include "lint/text_place.h"
#include "lint/value_fields.h"
#include "rhumb/base/mask.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

struct Bytes {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where a node of an object shows in the output of its template: a scalar's value, of everything else the key, of a
/// list item its start.
Bytes bytes_of(const Object& object, Node node) {
  const yaml::TreeNode& at = *node.node();
  Bytes bytes{at.begin, at.end};
  const bool has_key = at.key_end > at.key_begin;
  if (node.is_map() || node.is_list()) {
    bytes = has_key ? Bytes{at.key_begin, at.key_end} : Bytes{at.begin, std::min<std::size_t>(at.begin + 1, at.end)};
  } else if (bytes.begin == bytes.end && has_key) {
    bytes = {at.key_begin, at.key_end};
  }
  return {bytes.begin + object.offset, bytes.end + object.offset};
}

/// All of it, keys and values, for looking for what is not in it: from its own key on, since what is missing may have
/// stood before the first key that is there.
Bytes whole_of(const Object& object, Node node) {
  const yaml::TreeNode& at = *node.node();
  const bool has_key = at.key_end > at.key_begin && node.is_map() && !node.empty();
  return {(has_key ? at.key_end : at.begin) + object.offset, at.end + object.offset};
}

Span place_of_layer(const render::ValueLayer& layer) {
  return layer.key.known() ? Span{layer.key.file, layer.key.begin, layer.span.end} : layer.span;
}

std::string_view text_at(const Sources& sources, Span span) {
  return sources.get(span.file).text().substr(span.begin, span.end - span.begin);
}

/// It gave no byte to the output: a default stood in for it.
bool is_empty_value(std::string_view text) {
  constexpr std::array<std::string_view, 7> empty{"", "\"\"", "''", "null", "~", "{}", "[]"};
  return std::find(empty.begin(), empty.end(), strings::trim_space(text)) != empty.end();
}

/// The first line in `home`, the template that wrote what is around it: not the helper of a library that made up a
/// name. Without one the innermost line.
std::optional<Span> template_place(const std::vector<render::TemplateFrame>& frames, FileId home = no_file) {
  const auto find = [&](auto&& fits) { return std::find_if(frames.begin(), frames.end(), fits); };
  auto frame = find([&](const auto& each) { return each.span.known() && each.span.file == home; });
  if (home == no_file || frame == frames.end()) frame = find([](const auto& each) { return each.span.known(); });
  if (frame == frames.end()) return {};
  return frame->span;
}

/// The file whose text stands at a byte of the output.
FileId file_writing(const render::Rendering& rendering, std::size_t file, std::size_t at) {
  const auto place = template_place(render::explain(rendering, file, at, at + 1).frames);
  return place ? place->file : no_file;
}

/// Line and column of a byte, and the line itself.
RenderedPlace place_in(const render::Rendering& rendering, std::size_t index, std::size_t at) {
  const manifest::RenderedFile& file = rendering.files()[index];
  const std::string_view text = file.text.text;
  at = std::min(at, text.size());
  RenderedPlace place;
  place.file = file.name;
  const LineColumn line_column = render::output_place(rendering, index, at);
  place.line = line_column.line;
  place.column = line_column.column;
  const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  place.excerpt = text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
  return place;
}

/// A path whose list items are told by their names, so that it survives a change of order.
void append_stable_path(std::string& out, const yaml::TreeNode& node) {
  if (node.parent == nullptr) return;
  append_stable_path(out, *node.parent);
  if (node.parent->type != yaml::TreeType::list) {
    out.append(".").append(node.key);
    return;
  }
  const std::string_view name = Node(&node)["name"].scalar_text();
  out.append("[").append(name.empty() ? std::to_string(node.index) : "name=" + std::string(name)).append("]");
}

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

std::string fingerprint_of(const std::string& text) {
  return fmt::format("{:016x}{:016x}", fnv1a(text, 0xcbf29ce484222325U), fnv1a(text, 0x84222325cbf29ce4U));
}

/// An object's name with the release's taken out of it.
std::string without_release(std::string name, const std::string& release) {
  const std::size_t at = release.empty() ? std::string::npos : name.find(release);
  return at == std::string::npos ? name : name.replace(at, release.size(), "{release}");
}

class Locator {
 public:
  /// Bytes of a text that can be told to be a part of a credential.
  static constexpr std::size_t shortest_part = 4;
  /// Bytes of a credential that stands nowhere by chance.
  static constexpr std::size_t shortest_literal = 20;

  Locator(const Draft& draft, const Run* run, const Target& target, const Sources& sources, Finding& finding)
      : draft_(draft), run_(run), target_(target), sources_(sources), finding_(finding) {}

  void locate() {
    finding_.fault = draft_.message;
    finding_.message = draft_.detail.empty() ? draft_.message : draft_.message + "; " + draft_.detail;
    finding_.hint = draft_.hint;
    finding_.path = draft_.path;
    finding_.chart = target_.path;
    if (draft_.object != nullptr) {
      locate_node();
    } else if (draft_.file != Draft::npos) {
      locate_bytes(draft_.file, {draft_.file_begin, draft_.file_end});
    } else {
      finding_.primary = draft_.span;
    }
    if (!finding_.primary.known()) finding_.primary = fallback_place();
    for (const Draft::Other& other : draft_.others) add_related(other);
    if (draft_.sensitive) hide();
    finding_.fingerprint = fingerprint_of(identity());
  }

 private:
  void locate_node() {
    const Object& object = *draft_.object;
    finding_.object = name_of(object);
    finding_.path = draft_.node.path();
    append_stable_path(finding_.stable_path, *draft_.node.node());
    if (!draft_.missing.empty()) {
      finding_.stable_path = yaml::join_path(finding_.stable_path, draft_.missing);
      finding_.path = yaml::join_path(finding_.path, draft_.missing);
    }
    Bytes bytes = bytes_of(object, draft_.node);
    const auto empty = draft_.only_by_template ? std::nullopt : empty_of_values(object);
    if (empty) bytes = whole_of(object, draft_.node);
    if (draft_.part_size > 0 && draft_.part_begin + draft_.part_size <= bytes.end - bytes.begin) {
      bytes = {bytes.begin + draft_.part_begin, bytes.begin + draft_.part_begin + draft_.part_size};
    }
    home_ = home_of(object, draft_.node);
    finding_.container = container_in(draft_.message, *run_->workloads, object, draft_.node);
    locate_bytes(object.file, bytes);
    if (run_->rendering == nullptr) return;
    if (draft_.slot) {
      locate_slot(*draft_.slot);
    } else if (!draft_.missing.empty() && !draft_.only_by_template) {
      locate_missing(object);
    }
    if (empty && !found_slot_) locate_empty(object, *empty);
    name_fields(object);
    if (is_of_template(object)) add_hint(draft_.template_hint);
  }

  /// "set {runAsUser} to ..." with the keys of the values in place of the fields, where they are known.
  void name_fields(const Object& object) {
    std::string hint;
    std::string_view rest = draft_.values_hint;
    bool is_first = true;
    for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
      const std::size_t end = rest.find('}', at);
      const std::string_view field = rest.substr(at + 1, end - at - 1);
      hint += rest.substr(0, at);
      rest.remove_prefix(end + 1);
      if (field == "values") {
        hint += " in the values";
        continue;
      }
      const auto key = key_to_set(object, field);
      if (!key && is_first) return;
      hint += key.value_or(std::string(field));
      is_first = false;
    }
    if (!is_first) finding_.hint = hint.append(rest);
  }

  std::optional<std::string> key_to_set(const Object& object, std::string_view field) const {
    if (draft_.missing.empty()) return ValueFields(*run_, sources_, object).key_in(draft_.node.parent(), field);
    if (map_to_set_.path.empty()) return {};
    std::string path = map_to_set_.path;
    std::vector<std::string_view> keys = yaml::path_keys(draft_.missing);
    keys.back() = field;
    for (std::size_t i = map_to_set_.depth; i < keys.size(); ++i) {
      path = yaml::join_path(path, yaml::path_step(keys[i]));
    }
    return path;
  }

  /// The value that a map or a list comes from which the values left empty: "resources: {}".
  std::optional<render::ValueLayer> empty_of_values(const Object& object) const {
    const Node node = draft_.node;
    if (!(node.is_map() || node.is_list()) || !node.empty() || run_->rendering == nullptr) return {};
    const Bytes bytes = whole_of(object, node);
    const render::Cause cause = render::explain(*run_->rendering, object.file, bytes.begin, bytes.end);
    const render::ValueLayer* const layer = deciding_layer(cause.values, false);
    return layer == nullptr ? std::nullopt : std::optional(*layer);
  }

  /// From the root of the whole chart's values, with what should be in it.
  std::string path_to_set(const render::ValueLayer& layer) const {
    const std::string path = path_in_chart(*run_, layer);
    return draft_.missing.empty() ? path : yaml::join_path(path, draft_.missing);
  }

  /// No value leads to the place: not to what is written there, not to whether it is, and no part of the template was
  /// left out that would write it.
  bool is_of_template(const Object& object) const {
    if (draft_.template_hint.empty()) return false;
    if (!draft_.missing.empty()) return !found_slot_;
    const Node node = draft_.node;
    const yaml::TreeNode& at = *node.node();
    const Bytes field{at.key_begin + object.offset, at.end + object.offset};
    const render::Cause cause = render::explain(*run_->rendering, object.file, field.begin, field.end);
    const render::Cause around = explain_key(object, node.parent());
    return !cause.frames.empty() && cause.frames.front().span.known() &&
           text_at(sources_, cause.frames.front().span) == text_of(object.file, field) &&
           cause.branches.size() <= around.branches.size();
  }

  render::Cause explain_key(const Object& object, Node node) const {
    const yaml::TreeNode& at = *node.node();
    return render::explain(*run_->rendering, object.file, at.key_begin + object.offset, at.key_end + object.offset);
  }

  void add_hint(const std::string& text) {
    if (!finding_.hint.empty()) finding_.hint += "; ";
    finding_.hint += text;
  }

  void locate_bytes(std::size_t file, Bytes bytes) {
    if (run_->rendering == nullptr) {
      finding_.primary = plain_span(file, bytes);
      finding_.cause.frames.push_back({"", finding_.primary});
      return;
    }
    finding_.rendered = place_in(*run_->rendering, file, bytes.begin);
    finding_.cause = render::explain(*run_->rendering, file, bytes.begin, bytes.end);
    const bool is_written = bytes.end > bytes.begin && !is_empty_value(text_of(file, bytes));
    const auto place = draft_.credential.empty() ? values_place(finding_.cause.values, is_written) : credential_place();
    if (place) {
      stand_at_value(*place);
    } else if (const auto line = template_place(finding_.cause.frames, home_)) {
      finding_.primary = *line;
    }
  }

  void stand_at_value(Span place) {
    finding_.primary = place;
    finding_.is_at_value = true;
  }

  std::string_view text_of(std::size_t file, Bytes bytes) const {
    return std::string_view(run_->files()[file].text.text).substr(bytes.begin, bytes.end - bytes.begin);
  }

  /// `written`: of values that are empty none is the place of a text that is there.
  const render::ValueLayer* deciding_layer(const std::vector<render::ValueCause>& values, bool written) const {
    for (const render::ValueCause& value : values) {
      const render::ValueLayer* const layer = winner(value);
      if (layer == nullptr || (written && is_empty_value(text_at(sources_, layer->span)))) continue;
      return layer;
    }
    return nullptr;
  }

  std::optional<Span> values_place(const std::vector<render::ValueCause>& values, bool written) const {
    const render::ValueLayer* const layer = deciding_layer(values, written);
    return layer == nullptr ? std::nullopt : std::optional(place_of_layer(*layer));
  }

  /// The value that holds the credential, as it is or in the form that is rendered; else one that it may be made of.
  std::optional<Span> credential_place() const {
    const std::string rendered = written_text();
    for (const std::string_view text : {std::string_view(draft_.credential), std::string_view(rendered)}) {
      const auto found = find_text(sources_, finding_.cause.values, text);
      if (found) return found->is_whole ? place_of_layer(*found->layer) : found->span;
    }
    if (const auto literal = literal_of_template()) return first_line(sources_, *literal);
    for (const render::ValueCause& value : finding_.cause.values) {
      const render::ValueLayer* const layer = winner(value);
      if (layer == nullptr) continue;
      const std::string_view text = text_at(sources_, layer->span);
      if (!is_empty_value(text) && text != "true" && text != "false") return place_of_layer(*layer);
    }
    return {};
  }

  /// A credential that a template holds as it is, and another one prints in another form: base 64 of an `include`.
  std::optional<Span> literal_of_template() const {
    if (draft_.credential.size() < shortest_literal || run_->chart == nullptr) return {};
    return find_literal(sources_, *run_->chart, strings::trim_space(draft_.credential));
  }

  FileId home_of(const Object& object, Node node) const {
    const yaml::TreeNode& at = *node.node();
    if (run_->rendering == nullptr || at.key_end == at.key_begin) return no_file;
    return file_writing(*run_->rendering, object.file, at.key_begin + object.offset);
  }

  /// A slot that the values left empty comes before a map of the values that is written here, and both before the
  /// parent's own place.
  void locate_missing(const Object& object) {
    const Bytes whole = whole_of(object, draft_.node);
    const std::vector<std::string_view> keys = yaml::path_keys(draft_.missing);
    const auto slot =
        render::find_slot(*run_->rendering, object.file, whole.begin, whole.end, keys, column_of_keys(object));
    found_slot_ = slot.has_value();
    if (!slot) return locate_map_behind(object);
    if (slot->is_shallow) return locate_shallow(*slot, keys.front());
    locate_slot(*slot);
    if (is_map_printed(*slot)) {
      map_to_set_ = {slot->keys.front(), 1};
    }
    if (finding_.hint.empty() && !slot->keys.empty()) {
      finding_.hint = setting_for(*slot, sources_);
      // Of a NetworkPolicy: whom its rule lets through then is the chart's matter.
      if (draft_.missing == "from" || draft_.missing == "to") add_hint("see that those who need it are let through");
    }
  }

  /// A map that the template fills from one of the values takes another key from there.
  void locate_map_behind(const Object& object) {
    const auto map = ValueFields(*run_, sources_, object).map_behind(draft_.node, draft_.values_hint.empty());
    if (!map) return;
    found_slot_ = true;
    const auto removed = removed_key(*run_, path_to_set(*map));
    // A map whose own key was printed from there stands there already, at the layer that won.
    if (removed || !finding_.is_at_value) {
      const render::ValueLayer& layer = removed ? *removed : *map;
      finding_.cause.values = {render::ValueCause{{layer}}};
      stand_at_value(place_of_layer(layer));
    }
    map_to_set_.path = path_in_chart(*run_, *map);
    if (finding_.hint.empty()) finding_.hint = setting_of(path_to_set(*map));
  }

  /// Whatever the values say is printed beside the key: "resources: {{ toYaml . | nindent 10 }}".
  void locate_shallow(const render::Slot& slot, std::string_view key) {
    finding_.primary = slot.print;
    finding_.is_at_value = false;
    finding_.cause.branches.insert(finding_.cause.branches.begin(), render::BranchCause{slot.branch, slot.deciders});
    finding_.hint = fmt::format("indent what the template prints for {} deeper than {} itself", key, key);
    if (!slot.keys.empty()) finding_.hint += ", then " + setting_of(slot.keys.front());
  }

  /// In "if .own ... else ... .common" the else is written, from something that is empty too: its own comes first.
  std::optional<render::ValueLayer> alternative_to(const Object& object) const {
    if (finding_.cause.branches.empty()) return {};
    const render::BranchCause& branch = finding_.cause.branches.front();
    const std::size_t parent = draft_.node.parent().node()->begin + object.offset;
    const render::Cause around = render::explain(*run_->rendering, object.file, parent, parent + 1);
    const bool is_around = std::any_of(around.branches.begin(), around.branches.end(),
                                       [&](const render::BranchCause& each) { return each.span == branch.span; });
    if (is_around || branch.deciders.size() != 1) return {};
    const render::ValueLayer* const layer = winner(branch.deciders.front());
    return layer != nullptr && text_at(sources_, layer->span) == "{}" ? std::optional(*layer) : std::nullopt;
  }

  void locate_empty(const Object& object, const render::ValueLayer& empty) {
    const auto alternative = alternative_to(object);
    const render::ValueLayer& layer = alternative ? *alternative : empty;
    if (alternative) {
      finding_.cause.values = {render::ValueCause{{layer}}};
      stand_at_value(place_of_layer(layer));
    }
    map_to_set_.path = path_in_chart(*run_, layer);
    if (finding_.hint.empty()) finding_.hint = setting_of(path_to_set(layer));
  }

  /// The branch prints a map of the values right below the key, and that is empty.
  bool is_map_printed(const render::Slot& slot) const {
    return slot.print.known() && !slot.all_keys && yaml::path_keys(draft_.missing).size() > 1 &&
           is_out_by(slot, "{}", sources_);
  }

  void locate_slot(const render::Slot& slot) {
    finding_.cause.values = slot.deciders;
    std::vector<render::BranchCause>& branches = finding_.cause.branches;
    // A switch that lets something in stands there already.
    const bool is_known =
        std::any_of(branches.begin(), branches.end(), [&](const auto& each) { return each.span == slot.branch; });
    if (!is_known) branches.insert(branches.begin(), render::BranchCause{slot.branch, slot.deciders});
    if (const auto place = values_place(slot.deciders, false)) {
      stand_at_value(*place);
    } else if (slot.branch.known()) {
      finding_.primary = slot.branch;
      finding_.is_at_value = false;
    }
  }

  /// Where the keys of the node stand in the output, from 1; 0 for a node without any.
  std::uint32_t column_of_keys(const Object& object) const {
    if (draft_.node.empty()) return 0;
    const yaml::TreeNode& first = draft_.node.children().front();
    const std::size_t at = (draft_.node.is_map() ? first.key_begin : first.begin) + object.offset;
    return render::output_place(*run_->rendering, object.file, at).column;
  }

  /// A credential is hidden wherever it stands: in the output, in the values that it came from, in the line of the
  /// template.
  void hide() {
    if (draft_.object == nullptr) {
      if (draft_.span.known()) finding_.sensitive.push_back(draft_.span);
      return;
    }
    const std::string secret = written_text();
    hide_text(secret);
    if (!draft_.credential.empty() && draft_.credential != secret) hide_text(draft_.credential);
  }

  void hide_text(const std::string& secret) {
    if (secret.empty()) return;
    if (finding_.rendered) {
      std::string& excerpt = finding_.rendered->excerpt;
      excerpt = mask_within(excerpt, secret);
    }
    // One that is put together of several values is hidden in all of them.
    if (hide_within_values(secret)) return;
    if (const auto literal = literal_of_template()) finding_.sensitive.push_back(*literal);
    hide_parts(secret);
    for (const render::TemplateFrame& frame : finding_.cause.frames) hide_in_line(frame.span, secret);
  }

  std::string written_text() const {
    return draft_.part_size > 0 ? text_of_part() : std::string(draft_.node.scalar_text());
  }

  /// As it stands in the output, which is where parts are counted.
  std::string text_of_part() const {
    const Bytes whole = bytes_of(*draft_.object, draft_.node);
    return run_->files()[draft_.object->file].text.text.substr(whole.begin + draft_.part_begin, draft_.part_size);
  }

  /// Hides it where a layer of a value holds it; false when none does.
  bool hide_within_values(const std::string& secret) {
    bool found = false;
    for_each_layer([&](const render::ValueLayer& layer) {
      found |= hide_within({layer.span.file, layer.span.begin, layer.span.end}, secret);
    });
    return found;
  }

  void hide_parts(const std::string& secret) {
    for_each_layer([&](const render::ValueLayer& layer) {
      if (is_part_of(unquoted_text(sources_, layer.span), secret)) finding_.sensitive.push_back(layer.span);
    });
  }

  template <typename Visit>
  void for_each_layer(const Visit& visit) const {
    for (const render::ValueCause& value : finding_.cause.values) {
      for (const render::ValueLayer& layer : value.layers) {
        if (layer.span.known()) visit(layer);
      }
    }
  }

  bool hide_within(Span place, const std::string& secret) {
    const std::string_view text = sources_.get(place.file).text().substr(0, place.end);
    bool found = false;
    for (std::size_t at = text.find(secret, place.begin); at != std::string_view::npos;
         at = text.find(secret, at + secret.size())) {
      if (is_key_at(text, at, secret)) continue;
      finding_.sensitive.push_back(
          {place.file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + secret.size())});
      found = true;
    }
    return found;
  }

  /// The name of the chart or the release is no credential, whatever it is a part of.
  bool is_part_of(std::string_view text, std::string_view secret) const {
    const std::string_view chart = run_->chart == nullptr ? std::string_view() : run_->chart->metadata.name;
    return text.size() >= shortest_part && text != chart && text != run_->environment->release &&
           strings::contains(secret, text);
  }

  void hide_in_line(Span place, const std::string& secret) {
    if (!place.known()) return;
    const std::string_view text = sources_.get(place.file).text();
    const std::size_t end = std::min(text.find('\n', place.begin), text.size());
    const std::size_t line = place.begin == 0 ? 0 : text.rfind('\n', place.begin - 1) + 1;
    hide_within({place.file, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(end)}, secret);
  }

  Span plain_span(std::size_t file, Bytes bytes) const {
    return {run_->plain_sources.at(file), static_cast<std::uint32_t>(bytes.begin),
            static_cast<std::uint32_t>(bytes.end)};
  }

  Span place_of(const Object& object, Node node) const {
    const Bytes bytes = bytes_of(object, node ? node : object.root);
    if (run_->rendering == nullptr) return plain_span(object.file, bytes);
    const render::Cause cause = render::explain(*run_->rendering, object.file, bytes.begin, bytes.end);
    return template_place(cause.frames, home_of(object, node ? node : object.root)).value_or(Span{});
  }

  void add_related(const Draft::Other& other) {
    finding_.related.push_back(
        {other.message, other.object == nullptr ? other.span : place_of(*other.object, other.node)});
  }

  /// Something that can be opened.
  Span fallback_place() const {
    if (run_ == nullptr) return {};
    if (run_->chart == nullptr) return run_->plain_sources.empty() ? Span{} : plain_span(0, {0, 0});
    const chart::File* const file = run_->chart->find_raw("Chart.yaml");
    return file == nullptr ? Span{} : Span{file->source, 0, 0};
  }

  std::string identity() const {
    const std::string release = run_ == nullptr ? std::string() : run_->environment->release;
    std::string text = fmt::format("{}\n{}\n{}\n{}\n", finding_.rule->name, target_.path, finding_.object.kind,
                                   without_release(finding_.object.name, release));
    if (draft_.node.node() != nullptr) append_stable_path(text, *draft_.node.node());
    text += "\n" + draft_.missing + "\n" + draft_.path + "\n" + draft_.key;
    if (draft_.object == nullptr && finding_.primary.known()) {
      text += "\n" + sources_.get(finding_.primary.file).name();
      if (draft_.path.empty() && draft_.key.empty()) text += "\n" + draft_.message;
    }
    return text;
  }

  const Draft& draft_;
  const Run* run_;
  const Target& target_;
  const Sources& sources_;
  Finding& finding_;
  FileId home_ = no_file;  // the template that wrote the key of the node
  bool found_slot_ = false;
  /// The map of the values that takes what is missing, without the first `depth` of its keys.
  struct MapToSet {
    std::string path;
    std::size_t depth = 0;
  };
  MapToSet map_to_set_;
};

}  // namespace

ObjectName name_of(const Object& object) {
  return {std::string(object.api_version), std::string(object.kind), std::string(object.namespace_),
          std::string(object.name)};
}

Finding locate(const Draft& draft, const Rule& rule, Severity severity, const Run* run, const Target& target,
               const Sources& sources) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = severity;
  Locator(draft, run, target, sources, finding).locate();
  return finding;
}

}  // namespace rhumb::lint
