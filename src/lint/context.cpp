#include "lint/context.h"

#include <algorithm>
#include <stdexcept>

#include "rhumb/funcs/objects.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {

bool RuleContext::lists(std::string_view parameter, std::string_view item) const {
  const std::vector<std::string>& items = list(parameter);
  return std::find(items.begin(), items.end(), item) != items.end();
}

const ParameterValue& RuleContext::value(std::string_view parameter) const {
  const auto found = parameters_.find(parameter);
  if (found == parameters_.end()) {
    throw std::logic_error(std::string(rule_.name) + " has no parameter " + std::string(parameter));
  }
  return found->second;
}

Draft& RuleContext::add(std::string message) {
  applies_ = true;
  Draft& draft = drafts_.emplace_back();
  draft.message = std::move(message);
  return draft;
}

DraftRef RuleContext::report_span(Span span, std::string message) {
  Draft& draft = add(std::move(message));
  draft.span = span;
  return DraftRef(draft);
}

bool Context::is_on(std::string_view rule) const {
  const Rule* const other = find_rule(rule);
  return other != nullptr && effective_rule(*other, configuration_, environment()).enabled;
}

bool Context::kube_at_least(int major, int minor) const {
  funcs::KubeVersion version = funcs::default_capabilities().kube_version;
  if (!environment().kube_version.empty()) {
    if (auto read = funcs::parse_kube_version(environment().kube_version)) version = std::move(*read);
  }
  const auto number = [](const std::string& text) { return parse_int(text, 10, 32).value; };
  const std::int64_t have_major = number(version.major);
  return have_major > major || (have_major == major && number(version.minor) >= minor);
}

namespace {

template <typename Item, typename All, typename Keep>
std::vector<const Item*> collect(RuleContext& context, const All& all, const Keep& keep) {
  std::vector<const Item*> kept;
  for (const Item& item : all) {
    if (keep(item)) kept.push_back(&item);
  }
  if (!kept.empty()) context.applies();
  return kept;
}

}  // namespace

std::vector<const Workload*> Context::all_workloads() {
  return collect<Workload>(*this, workloads().all(), [](const Workload&) { return true; });
}

std::vector<const Workload*> Context::services() {
  return collect<Workload>(*this, workloads().all(), [](const Workload& workload) { return workload.is_service(); });
}

std::vector<const Workload*> Context::scalable() {
  return collect<Workload>(*this, workloads().all(),
                           [](const Workload& workload) { return workload.is_service() && workload.is_scalable(); });
}

std::vector<const Object*> Context::of_kind(std::string_view kind) {
  std::vector<const Object*> found = objects().of_kind(kind);
  std::erase_if(found, [](const Object* object) { return object->role == manifest::Role::crd; });
  if (!found.empty()) applies();
  return found;
}

std::vector<const Object*> Context::all_objects() {
  return collect<Object>(*this, objects().all(),
                         [](const Object& object) { return object.role != manifest::Role::crd; });
}

DraftRef Context::report(const Object& object, Node node, std::string message) {
  Draft& draft = add(std::move(message));
  draft.object = &object;
  draft.node = node ? node : object.root;
  return DraftRef(draft);
}

DraftRef Context::report_missing(const Object& object, Node parent, std::string_view steps, std::string message) {
  Draft& draft = add(std::move(message));
  draft.object = &object;
  draft.node = parent ? parent : object.root;
  draft.missing = steps;
  return DraftRef(draft);
}

DraftRef Context::report_field(const Object& object, Node parent, std::string_view key, std::string message) {
  if (parent[key]) return report(object, parent[key], std::move(message));
  return report_missing(object, parent, yaml::path_step(key), std::move(message));
}

DraftRef Context::report_output(std::size_t file, std::size_t begin, std::size_t end, std::string message) {
  Draft& draft = add(std::move(message));
  draft.file = file;
  draft.file_begin = begin;
  draft.file_end = end;
  return DraftRef(draft);
}

}  // namespace rhumb::lint
