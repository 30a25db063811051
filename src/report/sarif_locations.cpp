#include "report/sarif_locations.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/escape.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

constexpr std::size_t most_frames = 100;

Json artifact(const Place& place) {
  if (place.below_root) return {{"uri", uri_path(place.path)}, {"uriBaseId", sarif_root}};
  if (!place.absolute.empty()) return {{"uri", sarif_file_uri(place.absolute, false)}};
  return {{"uri", uri_path(place.path)}};
}

Json region(const View& view, const Place& place, const Span& span) {
  Json json{{"startLine", place.line},
            {"startColumn", place.column},
            {"endLine", place.end_line},
            {"endColumn", place.end_column}};
  if (span.end > span.begin && place.line == place.end_line) {
    const std::string text = view.text_of(span);
    json["snippet"] = {{"text", std::string(strings::trim_right(text, " \t\r\n"))}};
  }
  return json;
}

bool is_file(const View& view, const Span& span) { return span.known() && !view.is_flag(span); }

Json object_location(const lint::ObjectName& object) {
  std::vector<std::string> parts;
  for (const std::string* part : {&object.api_version, &object.kind, &object.namespace_, &object.name}) {
    if (!part->empty()) parts.push_back(*part);
  }
  return {{"name", object.name}, {"kind", "object"}, {"fullyQualifiedName", strings::join(parts, "/")}};
}

Json logical_locations(const lint::Finding& finding) {
  Json json = Json::array();
  if (finding.object.known()) json.push_back(object_location(finding.object));
  if (finding.path.empty()) return json;
  const std::string whole = (json.empty() ? "" : json[0]["fullyQualifiedName"].get<std::string>()) + finding.path;
  json.push_back({{"name", finding.path}, {"kind", "property"}, {"fullyQualifiedName", whole}});
  return json;
}

class Related {
 public:
  Related(const View& view, const lint::Finding& finding) : view_(view), primary_(view.primary(finding)) {}

  void add(const Span& span, const std::string& message) {
    if (!is_file(view_, span) || span == primary_ || contains(span)) return;
    seen_.push_back(span);
    locations_.push_back({{"id", locations_.size() + 1},
                          {"message", sarif_message(message)},
                          {"physicalLocation", sarif_physical_location(view_, span)}});
  }

  void add(const render::ValueCause& value) {
    for (std::size_t i = 0; i < value.layers.size(); ++i) {
      const render::ValueLayer& layer = value.layers[i];
      const std::string name = layer.path.empty() ? "the value" : layer.path;
      add(layer.span, fmt::format("{} {}", name, i == 0 ? "is set here" : "is overridden here"));
    }
  }

  Json take() { return std::move(locations_); }

 private:
  bool contains(const Span& span) const { return std::find(seen_.begin(), seen_.end(), span) != seen_.end(); }

  const View& view_;
  Span primary_;
  std::vector<Span> seen_;
  Json locations_ = Json::array();
};

std::string frame_message(const View& view, const render::TemplateFrame& frame, bool innermost) {
  if (innermost) return "written here";
  return "included from here" + (frame.what.empty() ? "" : ": " + view.redactor().text(frame.what));
}

Json flow_step(const View& view, const Span& span, const std::string& message) {
  return {
      {"location", {{"physicalLocation", sarif_physical_location(view, span)}, {"message", sarif_message(message)}}}};
}

const render::ValueLayer* first_file_layer(const View& view, const lint::Finding& finding) {
  for (const render::ValueCause& value : finding.cause.values) {
    if (!value.layers.empty() && is_file(view, value.layers[0].span)) return &value.layers[0];
  }
  return nullptr;
}

}  // namespace

Json sarif_message(std::string_view text) {
  std::string plain(text);
  if (strings::contains(plain, "](")) {
    plain = strings::replace(strings::replace(plain, "\\", "\\\\"), "[", "\\[");
  }
  return {{"text", printable(plain)}};
}

std::string sarif_file_uri(std::string_view absolute, bool folder) {
  std::string uri = "file://" + uri_path(absolute);
  if (folder && !uri.ends_with('/')) uri += '/';
  return uri;
}

Json sarif_physical_location(const View& view, const Span& span) {
  const Place place = *view.place(span);
  return {{"artifactLocation", artifact(place)}, {"region", region(view, place, span)}};
}

Json sarif_primary_location(const View& view, const lint::Finding& finding) {
  Json json = Json::object();
  const Place place = view.anchor(finding);
  if (const std::optional<Span> span = view.anchor_span(finding)) {
    json["physicalLocation"] = sarif_physical_location(view, *span);
  } else if (!place.path.empty()) {
    json["physicalLocation"] = {{"artifactLocation", artifact(place)}, {"region", {{"startLine", 1}}}};
  }
  if (Json logical = logical_locations(finding); !logical.empty()) json["logicalLocations"] = std::move(logical);
  return json;
}

Json sarif_related_locations(const View& view, const lint::Finding& finding) {
  Related related(view, finding);
  for (const render::ValueCause& value : finding.cause.values) related.add(value);
  const auto& frames = finding.cause.frames;
  for (std::size_t i = 0; i < std::min(frames.size(), most_frames); ++i) {
    related.add(frames[i].span, frame_message(view, frames[i], i == 0));
  }
  for (const render::BranchCause& branch : finding.cause.branches) {
    related.add(branch.span, "under this condition");
    for (const render::ValueCause& value : branch.deciders) related.add(value);
  }
  for (const lint::Related& other : finding.related) related.add(other.span, view.redactor().text(other.message));
  return related.take();
}

Json sarif_code_flows(const View& view, const lint::Finding& finding) {
  const auto& frames = finding.cause.frames;
  const render::ValueLayer* value = first_file_layer(view, finding);
  if (value == nullptr || frames.empty() || !frames[0].span.known()) return Json::array();
  Json steps = Json::array();
  steps.push_back(flow_step(view, value->span, (value->path.empty() ? "the value" : value->path) + " is set here"));
  for (std::size_t i = std::min(frames.size(), most_frames); i-- > 0;) {
    if (!is_file(view, frames[i].span)) continue;
    steps.push_back(flow_step(view, frames[i].span, frame_message(view, frames[i], i == 0)));
  }
  Json thread{{"locations", std::move(steps)}};
  Json flow{{"threadFlows", Json::array({std::move(thread)})}};
  return Json::array({std::move(flow)});
}

Json sarif_stacks(const View& view, const lint::Finding& finding) {
  const auto& frames = finding.cause.frames;
  if (frames.size() < 2) return Json::array();
  Json out = Json::array();
  for (std::size_t i = 0; i < std::min(frames.size(), most_frames); ++i) {
    Json location{{"message", sarif_message(frame_message(view, frames[i], i == 0))}};
    if (is_file(view, frames[i].span)) location["physicalLocation"] = sarif_physical_location(view, frames[i].span);
    out.push_back({{"location", std::move(location)}});
  }
  Json stack{{"message", {{"text", "how the template came to write this"}}}, {"frames", std::move(out)}};
  return Json::array({std::move(stack)});
}

}  // namespace rhumb::report
