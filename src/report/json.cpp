// The document that tools read. Its shape is an interface: version 1 only ever gains keys. Keys without a value are
// left out.
#include <nlohmann/json.hpp>

#include "report/matrix.h"
#include "report/view.h"
#include "report/writers.h"
#include "rhumb/base/utf8.h"

namespace rhumb::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

void add_text(Json& json, const char* key, std::string_view text) {
  if (!text.empty()) json[key] = text;
}

Json place_json(const Place& place) {
  return {{"file", place.path},
          {"line", place.line},
          {"column", place.column},
          {"endLine", place.end_line},
          {"endColumn", place.end_column}};
}

void add_place(Json& json, const char* key, const View& view, const Span& span) {
  if (const std::optional<Place> place = view.place(span)) json[key] = place_json(*place);
}

Json object_json(const lint::ObjectName& object) {
  Json json = Json::object();
  add_text(json, "apiVersion", object.api_version);
  add_text(json, "kind", object.kind);
  add_text(json, "namespace", object.namespace_);
  add_text(json, "name", object.name);
  return json;
}

Json layer_json(const View& view, const render::ValueLayer& layer) {
  Json json = Json::object();
  json["kind"] = layer.kind == render::ValueLayer::Kind::file ? "file" : "flag";
  add_text(json, "path", layer.path);
  if (layer.kind == render::ValueLayer::Kind::file) add_text(json, "value", view.scalar_of(layer.span));
  add_place(json, "place", view, layer.span);
  add_place(json, "key", view, layer.key);
  return json;
}

Json values_json(const View& view, const std::vector<render::ValueCause>& values) {
  Json json = Json::array();
  for (const render::ValueCause& value : values) {
    Json layers = Json::array();
    for (const render::ValueLayer& layer : value.layers) layers.push_back(layer_json(view, layer));
    json.push_back({{"layers", std::move(layers)}});
  }
  return json;
}

Json frames_json(const View& view, const render::Cause& cause) {
  Json json = Json::array();
  for (const render::TemplateFrame& frame : cause.frames) {
    Json one = Json::object();
    add_text(one, "called", view.redactor().text(frame.what));
    add_place(one, "place", view, frame.span);
    json.push_back(std::move(one));
  }
  return json;
}

Json cause_json(const View& view, const render::Cause& cause) {
  Json json = Json::object();
  if (!cause.values.empty()) json["values"] = values_json(view, cause.values);
  if (!cause.frames.empty()) json["templates"] = frames_json(view, cause);
  for (const render::BranchCause& branch : cause.branches) {
    Json one = Json::object();
    add_place(one, "place", view, branch.span);
    if (!branch.deciders.empty()) one["values"] = values_json(view, branch.deciders);
    json["conditions"].push_back(std::move(one));
  }
  return json;
}

Json rendered_json(const View& view, const lint::RenderedPlace& rendered) {
  Json json{{"file", rendered.file}, {"line", rendered.line}};
  if (rendered.column > 0) json["column"] = rendered.column;
  add_text(json, "excerpt", view.redactor().text(rendered.excerpt));
  return json;
}

Json suppression_json(const View& view, const lint::Suppression& suppression) {
  Json json{{"kind", suppression_name(suppression.kind)}};
  add_text(json, "reason", view.redactor().text(suppression.reason));
  add_place(json, "place", view, suppression.span);
  return json;
}

void add_rule(Json& json, const lint::Finding& finding) {
  json["rule"] = rule_name(finding);
  json["severity"] = severity_name(finding.severity);
  if (finding.rule == nullptr) return;
  json["category"] = category_name(finding.rule->category);
  if (const auto serves = requirements(*finding.rule); !serves.empty()) json["serves"] = serves;
}

void add_where(Json& json, const View& view, const lint::Finding& finding) {
  add_text(json, "chart", finding.chart.empty() ? std::string() : view.file(finding.chart).path);
  if (finding.object.known()) json["object"] = object_json(finding.object);
  add_text(json, "path", finding.path);
  if (!finding.environments.empty()) json["environments"] = finding.environments;
  const Span primary = view.primary(finding);
  add_place(json, "place", view, primary);
  if (primary.known()) json["excerpt"] = view.line_of(primary);
}

Json finding_json(const View& view, const lint::Finding& finding, const std::string& fingerprint) {
  Json json = Json::object();
  add_rule(json, finding);
  json["message"] = view.message(finding);
  std::string_view help = finding.hint;
  if (help.empty() && finding.rule != nullptr) help = finding.rule->remedy;
  add_text(json, "help", view.redactor().text(help));
  add_where(json, view, finding);
  if (finding.rendered) json["rendered"] = rendered_json(view, *finding.rendered);
  if (Json cause = cause_json(view, finding.cause); !cause.empty()) json["cause"] = std::move(cause);
  for (const lint::Related& related : finding.related) {
    Json one{{"message", view.redactor().text(related.message)}};
    add_place(one, "place", view, related.span);
    json["related"].push_back(std::move(one));
  }
  json["fingerprint"] = fingerprint;
  if (finding.suppression) json["suppression"] = suppression_json(view, *finding.suppression);
  return json;
}

Json requirements_json(const View& view, const lint::EnvironmentOutcome& environment) {
  Json json = Json::object();
  for (const auto& [requirement, state] : environment.requirements) {
    Json one{{"state", state_name(state.kind)}};
    for (const auto& [rule, count] : breaking_rules(view, {&state})) one["brokenBy"][std::string(rule)] = count;
    json[requirement] = std::move(one);
  }
  return json;
}

Json environments_json(const View& view) {
  Json json = Json::array();
  for (const lint::EnvironmentOutcome& environment : view.outcome().environments) {
    Json one{{"chart", view.file(environment.chart).path},
             {"environment", environment.environment},
             {"objects", environment.objects}};
    if (!environment.requirements.empty()) one["requirements"] = requirements_json(view, environment);
    json.push_back(std::move(one));
  }
  return json;
}

Json document(const View& view) {
  const Totals& totals = view.totals();
  Json json{{"version", format_version}, {"tool", {{"name", "rhumb"}, {"version", view.options().version}}}};
  if (!view.options().arguments.empty()) json["arguments"] = view.arguments();
  json["root"] = view.options().root;
  json["columns"] = "code points";
  json["summary"] = {{"errors", totals.errors},
                     {"warnings", totals.warnings},
                     {"infos", totals.infos},
                     {"notes", totals.notes},
                     {"silenced", totals.suppressed}};
  json["environments"] = environments_json(view);
  json["findings"] = Json::array();
  return json;
}

}  // namespace

std::string write_json(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  Json json = document(view);
  const std::vector<std::string> fingerprints = unique_fingerprints(view);
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    json["findings"].push_back(finding_json(view, *view.findings()[i], fingerprints[i]));
  }
  return dumped(json, 2);
}

std::string write_json_lines(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  const std::vector<std::string> fingerprints = unique_fingerprints(view);
  std::string out;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    Json line{{"version", format_version}};
    line.update(finding_json(view, *view.findings()[i], fingerprints[i]));
    out += (i == 0 ? "" : "\n") + dumped(line, -1);
  }
  return out;
}

}  // namespace rhumb::report
