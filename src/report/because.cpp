#include "report/because.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/excerpt.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

constexpr std::size_t longest_snippet = 100;
constexpr std::size_t most_values = 6;
constexpr std::size_t most_branches = 4;
constexpr std::size_t most_layers = 5;
constexpr std::size_t most_frames = 8;

std::string snippet(std::string_view text) { return shortened(printable(strings::trim_space(text)), longest_snippet); }

/// "values/dev.yaml:12" or "--set replicaCount=1".
std::string short_place(const View& view, const render::ValueLayer& layer) {
  if (layer.kind == render::ValueLayer::Kind::set_flag || view.is_flag(layer.span)) {
    return fmt::format("{} {}", view.sources().get(layer.span.file).name(), snippet(view.text_of(layer.span)));
  }
  return view.place(layer.span)->path_and_line();
}

/// The scalar as it is written in its file; empty where that is no single line, or a flag.
std::string written_value(const View& view, const render::ValueLayer& layer) {
  if (layer.kind == render::ValueLayer::Kind::set_flag || view.is_flag(layer.span)) return {};
  return snippet(view.scalar_of(layer.span));
}

/// A default that reaches a chart by several ways is one place.
std::vector<const render::ValueLayer*> distinct_layers(const render::ValueCause& value) {
  std::vector<const render::ValueLayer*> layers;
  for (const render::ValueLayer& layer : value.layers) {
    const bool known = std::any_of(layers.begin(), layers.end(),
                                   [&layer](const render::ValueLayer* other) { return other->span == layer.span; });
    if (layer.span.known() && !known) layers.push_back(&layer);
  }
  return layers;
}

void add_losers(const View& view, const std::vector<const render::ValueLayer*>& layers, std::string& out) {
  const std::string& path = layers[0]->path;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    if (i > most_layers) {
      out += fmt::format(" and {} more", layers.size() - i);
      return;
    }
    out += (i == 1 ? "" : ", ") + short_place(view, *layers[i]);
    if (layers[i]->path != path && !layers[i]->path.empty()) out += fmt::format(" ({})", layers[i]->path);
  }
}

std::string more(std::size_t left, std::string_view noun) { return fmt::format("and {} more", counted(left, noun)); }

/// The excerpt of the primary place says as much: a key of the top level that nothing else sets.
bool is_shown_already(const View& view, const lint::Finding& finding, const render::ValueCause& value) {
  if (value.layers.size() != 1 || value.layers[0].span != view.primary(finding)) return false;
  return value.layers[0].path.find_first_of(".[") == std::string::npos;
}

void add_values(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  const auto& values = finding.cause.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == most_values) {
      out.push_back(more(values.size() - i, "value"));
      return;
    }
    if (is_shown_already(view, finding, values[i])) continue;
    if (std::string sentence = value_sentence(view, values[i]); !sentence.empty()) out.push_back(std::move(sentence));
  }
}

std::string frame_sentence(const View& view, const lint::Finding& finding, std::size_t index) {
  const render::TemplateFrame& frame = finding.cause.frames[index];
  const std::string what = snippet(view.redactor().text(frame.what));
  const std::string_view verb = index == 0 ? "written at" : "included from";
  if (!frame.span.known()) {
    if (index == 0) return "written by a text that was given to tpl";
    return fmt::format("included from a text that was given to tpl{}", what.empty() ? "" : ": " + what);
  }
  std::string out = fmt::format("{} {}", verb, view.place(frame.span)->to_string());
  if (index == 0 && frame.span == view.primary(finding)) return {};  // the excerpt shows it
  const std::string code = index == 0 || what.empty() ? snippet(view.line_of(frame.span)) : what;
  return code.empty() ? out : out + ": " + code;
}

void add_frames(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  const std::size_t count = finding.cause.frames.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (count > most_frames && i == most_frames / 2) {
      i = count - most_frames / 2;
      out.push_back(fmt::format("... {} ...", counted(count - most_frames, "inclusion")));
    }
    if (std::string sentence = frame_sentence(view, finding, i); !sentence.empty()) out.push_back(std::move(sentence));
  }
}

std::string branch_sentence(const View& view, const render::BranchCause& branch) {
  const std::string line = view.line_of(branch.span);
  std::string out = fmt::format("under the condition at {}: {}", view.place(branch.span)->to_string(), snippet(line));
  for (const render::ValueCause& decider : branch.deciders) {
    if (const std::string sentence = value_sentence(view, decider); !sentence.empty()) out += "; " + sentence;
  }
  return out;
}

void add_branches(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  const auto& branches = finding.cause.branches;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (i == most_branches) {
      out.push_back(more(branches.size() - i, "condition"));
      return;
    }
    if (branches[i].span.known()) out.push_back(branch_sentence(view, branches[i]));
  }
}

void add_subject(const lint::Finding& finding, std::vector<std::string>& out) {
  std::string where = subject(finding);
  if (const std::string environments = environment_names(finding); !environments.empty()) {
    where += (where.empty() ? "in " : ", in ") + environments;
  }
  if (!where.empty()) out.push_back(std::move(where));
}

void add_rendered(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  if (!finding.rendered) return;
  std::string sentence = fmt::format("rendered at {}:{}", finding.rendered->file, finding.rendered->line);
  if (const std::string code = snippet(view.redactor().text(finding.rendered->excerpt)); !code.empty()) {
    sentence += ": " + code;
  }
  out.push_back(std::move(sentence));
}

void add_help(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  std::string_view help = finding.hint;
  if (help.empty() && finding.rule != nullptr) help = finding.rule->remedy;
  const std::string_view serves = finding.rule == nullptr ? std::string_view() : finding.rule->serves;
  if (help.empty() && serves.empty()) return;
  if (help.empty()) {
    out.push_back(fmt::format("required by {}", serves));
  } else if (serves.empty()) {
    out.push_back("help: " + view.redactor().text(help));
  } else {
    out.push_back(fmt::format("help: {} ({})", view.redactor().text(strings::trim_suffix(help, ".")), serves));
  }
}

void add_related(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  for (const lint::Related& related : finding.related) {
    const std::string message = view.redactor().text(related.message);
    const std::optional<Place> place = view.place(related.span);
    out.push_back(place ? fmt::format("see {}: {}", place->to_string(), message) : message);
  }
}

void add_suppression(const View& view, const lint::Finding& finding, std::vector<std::string>& out) {
  if (!finding.suppression) return;
  constexpr std::array<std::string_view, 4> means{"a comment", "an annotation", "the configuration", "the baseline"};
  std::string sentence = fmt::format("silenced by {}", means[static_cast<std::size_t>(finding.suppression->kind)]);
  if (const std::optional<Place> place = view.place(finding.suppression->span))
    sentence += " at " + place->path_and_line();
  if (!finding.suppression->reason.empty()) sentence += ": " + view.redactor().text(finding.suppression->reason);
  out.push_back(std::move(sentence));
}

}  // namespace

std::string value_sentence(const View& view, const render::ValueCause& value) {
  const std::vector<const render::ValueLayer*> layers = distinct_layers(value);
  if (layers.empty()) return {};
  const render::ValueLayer& winner = *layers[0];
  const std::string name = winner.path.empty() ? "the value" : winner.path;
  const std::string written = written_value(view, winner);
  const bool alone = layers.size() == 1;
  std::string out = written.empty() ? fmt::format("{} comes from {}{}", name, short_place(view, winner),
                                                  alone ? "" : ", which overrides ")
                    : alone         ? fmt::format("{} is {} at {}", name, written, short_place(view, winner))
                            : fmt::format("{} is {} because {} overrides ", name, written, short_place(view, winner));
  add_losers(view, layers, out);
  return out;
}

std::vector<std::string> causes(const View& view, const lint::Finding& finding) {
  std::vector<std::string> out;
  add_subject(finding, out);
  add_values(view, finding, out);
  add_frames(view, finding, out);
  add_branches(view, finding, out);
  add_rendered(view, finding, out);
  return out;
}

std::vector<std::string> advice(const View& view, const lint::Finding& finding) {
  std::vector<std::string> out;
  add_help(view, finding, out);
  add_related(view, finding, out);
  add_suppression(view, finding, out);
  return out;
}

}  // namespace rhumb::report
