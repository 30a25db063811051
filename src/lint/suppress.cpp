#include "lint/suppress.h"

#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/base/wildcard.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view marker = "rhumb: ignore";

std::size_t line_begin(std::string_view text, std::size_t at) { return at == 0 ? 0 : text.rfind('\n', at - 1) + 1; }
std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }
std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  return text.substr(begin, line_end(text, at) - begin);
}

std::size_t indentation(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t");
  return at == std::string_view::npos ? line.size() : at;
}

bool is_blank(std::string_view line) { return strings::trim_space(line).empty(); }

/// Nothing but a comment: of YAML, or of the template language.
bool is_comment(std::string_view line) {
  const std::string_view text = strings::trim_space(line);
  return text.starts_with('#') || text.starts_with("{{/*") || text.starts_with("{{- /*");
}

/// From a line on, everything that is indented below it.
std::size_t block_end(std::string_view text, std::size_t begin) {
  const std::size_t depth = indentation(line_at(text, begin));
  std::size_t end = line_end(text, begin);
  while (end + 1 < text.size()) {
    const std::string_view next = line_at(text, end + 1);
    // The actions of a template stand where they like: they end no block.
    const bool is_action = strings::trim_space(next).starts_with("{{");
    if (!is_blank(next) && !is_action && indentation(next) <= depth) break;
    end = line_end(text, end + 1);
  }
  return end;
}

/// The line that a comment alone on its line speaks of: the next that is no comment.
std::size_t next_line(std::string_view text, std::size_t at) {
  std::size_t end = line_end(text, at);
  while (end < text.size()) {
    const std::size_t begin = end + 1;
    if (!is_comment(line_at(text, begin)) && !is_blank(line_at(text, begin))) return begin;
    end = line_end(text, begin);
  }
  return text.size();
}

void read_rules(IgnoreComment& comment, std::string_view list) {
  for (const std::string_view rule : strings::split(list, ",")) {
    if (!strings::trim_space(rule).empty()) comment.rules.emplace_back(strings::trim_space(rule));
  }
}

std::string read_reason(std::string_view text) {
  text = text.substr(0, std::min(text.find("*/"), text.size()));
  return std::string(strings::trim_space(text));
}

/// The marker stands in a comment: behind a # or within {{/* */}} on its line.
bool stands_in_comment(std::string_view before) {
  return before.find('#') != std::string_view::npos || before.find("/*") != std::string_view::npos;
}

}  // namespace

bool IgnoreComment::covers(std::string_view rule, Span place) const {
  const bool named =
      std::any_of(rules.begin(), rules.end(), [&](const std::string& name) { return name == rule || name == "*"; });
  return named && place.file == span.file && (whole_file || (place.begin >= begin && place.begin <= end));
}

std::vector<IgnoreComment> find_ignore_comments(FileId file, std::string_view text) {
  std::vector<IgnoreComment> found;
  for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + marker.size())) {
    const std::size_t begin = line_begin(text, at);
    const std::size_t end = line_end(text, at);
    if (!stands_in_comment(text.substr(begin, at - begin))) continue;
    IgnoreComment comment;
    comment.span = {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    std::string_view rest = text.substr(at + marker.size(), end - at - marker.size());
    if (rest.starts_with("-file")) {
      comment.whole_file = true;
      rest.remove_prefix(5);
    }
    const std::size_t close = rest.find(']');
    if (!rest.starts_with('[') || close == std::string_view::npos) continue;
    read_rules(comment, rest.substr(1, close - 1));
    comment.reason = read_reason(rest.substr(close + 1));
    const std::size_t from = is_comment(line_at(text, at)) ? next_line(text, at) : begin;
    comment.begin = static_cast<std::uint32_t>(from);
    comment.end = static_cast<std::uint32_t>(from < text.size() ? block_end(text, from) : from);
    found.push_back(std::move(comment));
  }
  return found;
}

namespace {

bool is_peer(const Rule& rule, std::string_view tool, std::string_view check) {
  for (const std::string_view peer : strings::split(rule.peers, ",")) {
    const std::string_view name = strings::trim_space(peer);
    if (name.starts_with(tool) && name.substr(tool.size()) == check) return true;
  }
  return false;
}

bool has_peer(const Rule& rule, std::string_view tool) {
  for (const std::string_view peer : strings::split(rule.peers, ",")) {
    if (strings::trim_space(peer).starts_with(tool)) return true;
  }
  return false;
}

bool is_true_text(Node node) { return node.is_true() || node.text() == "true"; }

/// Whether one annotation silences the rule, as the tool that it is meant for reads it.
bool silences(const Rule& rule, Node annotation) {
  constexpr std::string_view kube_linter = "ignore-check.kube-linter.io/";
  constexpr std::string_view polaris = "polaris.fairwinds.com/";
  constexpr std::string_view exempt = "-exempt";
  const std::string_view key = annotation.key();
  if (key == "rhumb/ignore" || key == "kube-score/ignore") {
    for (const std::string_view item : strings::split(annotation.text(), ",")) {
      const std::string_view name = strings::trim_space(item);
      if (key == "rhumb/ignore" ? name == rule.name : is_peer(rule, "kube-score/", name)) return true;
    }
    return false;
  }
  if (key == "kube-linter.io/ignore-all") return has_peer(rule, "kube-linter/");
  if (key.starts_with(kube_linter)) return is_peer(rule, "kube-linter/", key.substr(kube_linter.size()));
  if (!key.starts_with(polaris) || !is_true_text(annotation)) return false;
  const std::string_view check = key.substr(polaris.size());
  if (check == "exempt") return has_peer(rule, "polaris/");
  return check.ends_with(exempt) && is_peer(rule, "polaris/", check.substr(0, check.size() - exempt.size()));
}

}  // namespace

std::optional<Suppression> annotated_suppression(const Rule& rule, const Object& object) {
  for (const Node annotations :
       {object.metadata()["annotations"], object.spec().at({"template", "metadata", "annotations"})}) {
    if (!annotations.is_map()) continue;
    for (const Node annotation : annotations) {
      if (!silences(rule, annotation)) continue;
      return Suppression{Suppression::Kind::annotation,
                         std::string(annotation.key()) + ": " + std::string(annotation.scalar_text()),
                         {}};
    }
  }
  return {};
}

void Suppressor::add_file(FileId file) {
  const SourceText& source = sources_.get(file);
  // Values files are read anew for every environment.
  const auto [known, is_new] = files_by_name_.try_emplace(source.name(), file);
  if (!is_new) return;
  comments_[file] = find_ignore_comments(file, source.text());
}

std::optional<Suppression> Suppressor::by_comment(const Finding& finding) {
  std::vector<Span> places{finding.primary};
  for (const render::TemplateFrame& frame : finding.cause.frames) places.push_back(frame.span);
  for (const render::ValueCause& value : finding.cause.values) {
    for (const render::ValueLayer& layer : value.layers) places.push_back(layer.key.known() ? layer.key : layer.span);
  }
  for (Span place : places) {
    if (!place.known()) continue;
    const auto file = files_by_name_.find(sources_.get(place.file).name());
    if (file == files_by_name_.end()) continue;
    place.file = file->second;
    for (IgnoreComment& comment : comments_[file->second]) {
      if (comment.reason.empty() || !comment.covers(finding.rule->name, place)) continue;
      comment.used = true;
      return Suppression{Suppression::Kind::comment, comment.reason, comment.span};
    }
  }
  return {};
}

namespace {

bool matches(const std::string& pattern, std::string_view text) {
  return pattern.empty() || wildcard_match(pattern, text);
}

}  // namespace

std::optional<Suppression> Suppressor::by_configuration(const Finding& finding, std::string_view environment) {
  const std::string file = finding.primary.known() ? sources_.get(finding.primary.file).name() : std::string();
  const std::vector<Ignore>& ignores = target_.configuration.ignores;
  for (std::size_t i = 0; i < ignores.size(); ++i) {
    const Ignore& ignore = ignores[i];
    const bool fits = matches(ignore.rule, finding.rule->name) && matches(ignore.object, finding.object.to_string()) &&
                      matches(ignore.path, file) && matches(ignore.environment, environment);
    if (!fits || is_expired(ignore)) continue;
    used_[i] = true;
    return Suppression{Suppression::Kind::configuration, ignore.reason, ignore.span};
  }
  return {};
}

std::optional<Suppression> Suppressor::find(const Finding& finding, std::string_view environment) {
  if (auto found = by_comment(finding)) return found;
  return by_configuration(finding, environment);
}

namespace {

/// Names in a comment that are no rules.
std::vector<std::string> unknown_rules(const IgnoreComment& comment) {
  std::vector<std::string> unknown;
  for (const std::string& rule : comment.rules) {
    if (rule != "*" && find_rule(rule) == nullptr) unknown.push_back(rule);
  }
  return unknown;
}

Draft complaint(Span span, std::string message) {
  Draft draft;
  draft.span = span;
  draft.message = std::move(message);
  return draft;
}

}  // namespace

std::vector<Draft> Suppressor::complaints() const {
  std::vector<Draft> drafts;
  for (const auto& [file, comments] : comments_) {
    for (const IgnoreComment& comment : comments) {
      const std::vector<std::string> unknown = unknown_rules(comment);
      if (!unknown.empty()) {
        const std::string_view near = nearest_rule(unknown.front());
        drafts.push_back(complaint(
            comment.span,
            "there is no rule " + unknown.front() + (near.empty() ? "" : "; did you mean " + std::string(near) + "?")));
      } else if (comment.reason.empty()) {
        drafts.push_back(complaint(comment.span, "the comment gives no reason, so it silences nothing"));
      } else if (!comment.used) {
        drafts.push_back(complaint(comment.span, "nothing to ignore here: " + strings::join(comment.rules, ", ") +
                                                     " has no finding that this comment covers"));
      }
    }
  }
  const std::vector<Ignore>& ignores = target_.configuration.ignores;
  for (std::size_t i = 0; i < ignores.size(); ++i) {
    if (is_expired(ignores[i])) {
      drafts.push_back(complaint(ignores[i].span, "the ignore expired on " + ignores[i].expires));
    } else if (!used_[i]) {
      drafts.push_back(complaint(ignores[i].span, "the ignore silences nothing"));
    }
  }
  return drafts;
}

}  // namespace rhumb::lint
