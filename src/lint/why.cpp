#include "rhumb/lint/why.h"

#include <algorithm>
#include <deque>

#include "lint/locate.h"
#include "lint/run.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint {
namespace {

/// What a person asks for.
struct Question {
  std::string namespace_;
  std::string kind;
  std::string name;
  std::string path;
};

Result<Question> read_question(const std::string& object, const std::string& path) {
  const std::vector<std::string_view> parts = strings::split(object, "/");
  if (parts.size() < 2 || parts.size() > 3) {
    return error("'" + object + "' names no object: it is KIND/NAME, as in Deployment/web, or NAMESPACE/KIND/NAME");
  }
  Question question;
  if (parts.size() == 3) question.namespace_ = parts[0];
  question.kind = parts[parts.size() - 2];
  question.name = parts.back();
  question.path = path;
  return question;
}

bool is_asked_for(const Object& object, const Question& question) {
  return strings::equal_fold(object.kind, question.kind) && object.name == question.name &&
         (question.namespace_.empty() || object.namespace_ == question.namespace_);
}

/// The node of the path, or the nearest one above it and the rest of the path.
struct Found {
  Node node;
  std::string missing;
};

Found find_field(Node root, const std::string& path) {
  if (const Node node = yaml::find_path(root, path)) return {node, {}};
  std::string_view known = path;
  while (true) {
    const std::size_t cut = known.find_last_of(".[");
    if (cut == std::string_view::npos || cut == 0) return {root, path.starts_with('.') ? path.substr(1) : path};
    known = known.substr(0, cut);
    if (const Node node = yaml::find_path(root, known)) {
      std::string rest = path.substr(known.size());
      if (rest.starts_with('.')) rest.erase(0, 1);
      return {node, rest};
    }
  }
}

std::string value_text(Node node) {
  if (node.is_map()) return "an object with " + std::to_string(node.size()) + (node.size() == 1 ? " field" : " fields");
  if (node.is_list()) return "a list of " + std::to_string(node.size());
  if (node.is_null()) return "null";
  return node.is_string() ? "\"" + std::string(node.text()) + "\"" : std::string(node.scalar_text());
}

Draft answer(const Object& object, const std::string& path) {
  const Found found = find_field(object.root, path);
  Draft draft;
  draft.object = &object;
  draft.node = found.node;
  draft.missing = found.missing;
  const std::string title = std::string(object.kind) + "/" + std::string(object.name);
  draft.message = found.missing.empty() ? title + " " + found.node.path() + " is " + value_text(found.node)
                                        : title + " has no " + (path.starts_with('.') ? path : "." + path);
  return draft;
}

/// "Deployment/web" of every object, for a suggestion.
void add_titles(std::vector<std::string>& titles, const Run& run) {
  for (const Object& object : run.objects->all()) {
    titles.push_back(std::string(object.kind) + "/" + std::string(object.name));
  }
}

bool same(const Finding& a, const Finding& b) { return a.message == b.message && a.primary == b.primary; }

void add(Outcome& outcome, Finding finding, const std::string& environment) {
  const auto known = std::find_if(outcome.findings.begin(), outcome.findings.end(),
                                  [&](const Finding& other) { return same(other, finding); });
  Finding& merged = known == outcome.findings.end() ? outcome.findings.emplace_back(std::move(finding)) : *known;
  if (!environment.empty()) merged.environments.push_back(environment);
}

}  // namespace

Result<Outcome> why(const Target& target, const std::string& object, const std::string& path, const LintWorld& world) {
  auto question = read_question(object, path);
  if (!question) return std::move(question).error();
  static const Rule no_rule{};
  LoadedTarget loaded;
  load_target(loaded, target, world);
  Outcome outcome;
  std::deque<std::unique_ptr<Run>> runs;
  std::vector<std::string> titles;
  for (const Environment& environment : target.environments) {
    const Run& run = *runs.emplace_back(make_run(loaded, environment, world, world.log));
    if (run.failure) return *run.failure;
    add_titles(titles, run);
    for (const Object& candidate : run.objects->all()) {
      if (!is_asked_for(candidate, *question)) continue;
      Finding finding = locate(answer(candidate, path), no_rule, Severity::note, &run, target, world.sources);
      finding.rule = nullptr;
      add(outcome, std::move(finding), environment.name);
    }
  }
  if (outcome.findings.empty()) {
    const std::vector<std::string_view> known(titles.begin(), titles.end());
    return error(target.path + " renders no object " + object + did_you_mean(object, known));
  }
  return outcome;
}

}  // namespace rhumb::lint
