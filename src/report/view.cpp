#include "report/view.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"

namespace rhumb::report {
namespace {

constexpr std::size_t longest_text = 1000;

std::size_t clamped(const SourceText& source, std::uint32_t offset) {
  return std::min<std::size_t>(offset, source.text().size());
}

/// Line and column in code points.
LineColumn position(const SourceText& source, std::uint32_t offset) {
  LineColumn at = source.line_column(offset);
  const std::string_view before = source.text().substr(offset - (at.column - 1), at.column - 1);
  at.column = static_cast<std::uint32_t>(utf8::rune_count(before)) + 1;
  return at;
}

/// A region does not reach into the line behind it.
std::uint32_t trimmed_end(const SourceText& source, std::uint32_t begin, std::uint32_t end) {
  while (end > begin && strings::contains(" \t\r\n", source.text().substr(end - 1, 1))) --end;
  return end;
}

void count(const lint::Finding& finding, Totals& totals) {
  if (finding.suppression) {
    ++totals.suppressed;
    return;
  }
  switch (finding.severity) {
    case Severity::error: ++totals.errors; return;
    case Severity::warning: ++totals.warnings; return;
    case Severity::info: ++totals.infos; return;
    case Severity::note: ++totals.notes; return;
  }
}

std::string scope(const lint::Outcome& outcome) {
  std::set<std::string_view> charts;
  std::set<std::string_view> files;
  std::size_t environments = 0;
  for (const lint::EnvironmentOutcome& environment : outcome.environments) {
    const bool chart = environment.kind == lint::Target::Kind::chart;
    (chart ? charts : files).insert(environment.chart);
    if (!environment.environment.empty()) ++environments;
  }
  std::vector<std::string> parts;
  if (!charts.empty()) parts.push_back(counted(charts.size(), "chart"));
  if (!files.empty()) parts.push_back(counted(files.size(), "file"));
  if (environments > 0) parts.push_back(counted(environments, "environment"));
  return parts.empty() ? std::string() : " in " + strings::join(parts, ", ");
}

/// "--set", "--set-string" ...
bool is_set_flag(std::string_view name) { return name.starts_with("--set"); }

}  // namespace

std::string Place::to_string() const { return fmt::format("{}:{}:{}", path, line, column); }
std::string Place::path_and_line() const { return fmt::format("{}:{}", path, line); }

View::View(const lint::Outcome& outcome, const Sources& sources, const Options& options)
    : outcome_(outcome), sources_(sources), options_(options), redactor_(outcome, sources) {
  for (const lint::Finding& finding : outcome.findings) {
    count(finding, totals_);
    if (!finding.suppression || options.show_suppressed) findings_.push_back(&finding);
  }
}

Place View::file(std::string_view name) const {
  Place place;
  place.path = name;
  if (name.empty() || name == "-") return place;
  const std::string& folder = options_.working_directory.empty() ? options_.root : options_.working_directory;
  const std::string absolute = path::is_absolute(name) ? path::clean(name) : path::join(folder, name);
  if (path::is_absolute(absolute)) place.absolute = absolute;
  const std::string below = options_.root.ends_with('/') ? options_.root : options_.root + '/';
  if (!options_.root.empty() && absolute.starts_with(below)) {
    place.below_root = true;
    place.path = absolute.substr(below.size());
  } else if (absolute == options_.root) {
    place.below_root = true;
    place.path = ".";
  } else if (!path::is_absolute(name)) {
    place.path = path::clean(name);
  }
  return place;
}

std::optional<Place> View::place(const Span& span) const {
  if (!span.known()) return std::nullopt;
  const SourceText& source = sources_.get(span.file);
  Place place = is_flag(span) ? Place{source.name(), {}, false} : file(source.name());
  const auto begin = static_cast<std::uint32_t>(clamped(source, span.begin));
  const auto end = static_cast<std::uint32_t>(std::max<std::size_t>(begin, clamped(source, span.end)));
  const LineColumn from = position(source, begin);
  const LineColumn to = position(source, trimmed_end(source, begin, end));
  place.line = from.line;
  place.column = from.column;
  place.end_line = to.line;
  place.end_column = to.column;
  return place;
}

bool View::is_flag(const Span& span) const { return span.known() && is_set_flag(sources_.get(span.file).name()); }

Span View::primary(const lint::Finding& finding) const {
  if (finding.primary.known()) return finding.primary;
  for (const render::TemplateFrame& frame : finding.cause.frames) {
    if (frame.span.known()) return frame.span;
  }
  for (const render::ValueCause& value : finding.cause.values) {
    for (const render::ValueLayer& layer : value.layers) {
      if (layer.span.known()) return layer.span;
    }
  }
  return {};
}

std::optional<Span> View::anchor_span(const lint::Finding& finding) const {
  if (const Span span = primary(finding); span_of_file(span)) return span;
  for (const render::TemplateFrame& frame : finding.cause.frames) {
    if (span_of_file(frame.span)) return frame.span;
  }
  return std::nullopt;
}

Place View::anchor(const lint::Finding& finding) const {
  if (const std::optional<Span> span = anchor_span(finding)) return *place(*span);
  const auto chart = std::find_if(
      outcome_.environments.begin(), outcome_.environments.end(),
      [&finding](const lint::EnvironmentOutcome& environment) { return environment.chart == finding.chart; });
  const bool manifests = chart != outcome_.environments.end() && chart->kind == lint::Target::Kind::manifests;
  if (finding.chart.empty() || manifests || finding.chart.ends_with(".tgz")) return file(finding.chart);
  return file(path::join(finding.chart, "Chart.yaml"));
}

std::string View::cut_source(FileId file, std::size_t begin, std::size_t end) const {
  const std::string_view text = sources_.get(file).text();
  end = std::min(end, text.size());
  if (end > begin + longest_text) {
    end = begin + longest_text;
    while (end > begin && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  }
  return redactor_.source(file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
}

std::string View::line_of(const Span& span) const {
  const SourceText& source = sources_.get(span.file);
  const auto at = static_cast<std::uint32_t>(clamped(source, span.begin));
  const std::size_t begin = at - (source.line_column(at).column - 1);
  return cut_source(span.file, begin, begin + source.line_at(at).size());
}

std::string View::text_of(const Span& span) const { return cut_source(span.file, span.begin, span.end); }

std::string View::scalar_of(const Span& span) const {
  if (!span.known() || span.end - span.begin > longest_text) return {};
  const std::string full = text_of(span);
  const std::string_view text = strings::trim_space(full);
  const bool block = text.starts_with('|') || text.starts_with('>');
  return block || strings::contains(text, "\n") ? std::string() : std::string(text);
}

std::string View::described(const lint::Finding& finding) const {
  std::string out = message(finding);
  std::vector<std::string> parts;
  const lint::ObjectName& object = finding.object;
  if (object.known() && (object.name.empty() || !strings::contains(finding.message, object.name))) {
    parts.push_back(object.to_string());
  }
  if (const std::string names = environment_names(finding); !names.empty()) parts.push_back("in " + names);
  return parts.empty() ? out : fmt::format("{} ({})", out, strings::join(parts, ", "));
}

std::vector<std::string> View::arguments() const {
  std::vector<std::string> out;
  bool assignment = false;
  for (const std::string& argument : options_.arguments) {
    const std::size_t equals = argument.find('=');
    if (assignment) {
      out.push_back(equals == std::string::npos ? "***" : argument.substr(0, equals) + "=***");
    } else if (is_set_flag(argument) && equals != std::string::npos) {
      out.push_back(argument.substr(0, equals) + "=***");
    } else {
      out.push_back(redactor_.text(argument));
    }
    assignment = !assignment && is_set_flag(argument) && equals == std::string::npos;
  }
  return out;
}

std::string View::summary() const {
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t number, std::string_view noun) {
    if (number > 0) parts.push_back(counted(number, noun));
  };
  add(totals_.errors, "error");
  add(totals_.warnings, "warning");
  if (totals_.infos > 0) parts.push_back(fmt::format("{} info", totals_.infos));
  add(totals_.notes, "note");
  std::string out = (parts.empty() ? "no findings" : strings::join(parts, ", ")) + scope(outcome_);
  if (parts.empty() && !outcome_.environments.empty()) {
    std::size_t objects = 0;
    for (const lint::EnvironmentOutcome& environment : outcome_.environments) objects += environment.objects;
    out += ", " + counted(objects, "object");
  }
  if (totals_.suppressed > 0) out += fmt::format(" ({} silenced)", totals_.suppressed);
  return out;
}

std::string_view rule_name(const lint::Finding& finding) {
  return finding.rule == nullptr ? std::string_view("unknown") : finding.rule->name;
}

std::string_view severity_name(Severity severity) {
  constexpr std::array<std::string_view, 4> names{"note", "info", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

std::string_view category_name(lint::Category category) {
  constexpr std::array<std::string_view, 11> names{"correctness", "availability",  "security", "secrets",
                                                   "resources",   "observability", "data",     "delivery",
                                                   "chart",       "values",        "opinion"};
  return names[static_cast<std::size_t>(category)];
}

std::string_view suppression_name(lint::Suppression::Kind kind) {
  constexpr std::array<std::string_view, 4> names{"comment", "annotation", "configuration", "baseline"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<std::string_view> requirements(const lint::RuleInfo& rule) {
  if (rule.serves.empty()) return {};
  return strings::split(rule.serves, ", ");
}

std::string subject(const lint::Finding& finding) {
  std::string out = finding.object.known() ? finding.object.to_string() : std::string();
  if (!finding.path.empty()) out += (out.empty() ? "" : " ") + finding.path;
  return out;
}

std::string environment_names(const lint::Finding& finding) {
  std::vector<std::string> names;
  for (const std::string& name : finding.environments) {
    if (!name.empty()) names.push_back(name);
  }
  return strings::join(names, ", ");
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::vector<std::string> unique_fingerprints(const View& view) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::string> out;
  for (const lint::Finding* finding : view.findings()) {
    std::string own = finding->fingerprint;
    if (own.empty()) own = fmt::format("{}|{}|{}", rule_name(*finding), finding->chart, subject(*finding));
    const std::size_t count = ++seen[own];
    out.push_back(count == 1 ? own : fmt::format("{}-{}", own, count));
  }
  return out;
}

}  // namespace rhumb::report
