#include "lint/same_faults.h"

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

template <typename T>
void add_missing(std::vector<T>& list, const T& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

/// A message without the names of objects as environments have them. Containers keep theirs, whatever the object is
/// called.
std::string without_names(std::string message, const Finding& finding, const Run* run) {
  if (finding.object.known()) message = strings::replace(message, finding.object.to_string(), "{object}");
  if (run == nullptr || run->environment->release.empty()) return message;
  return strings::replace(message, "/" + run->environment->release, "/{release}");
}

bool same_name(const ObjectName& one, const ObjectName& other) {
  return one.kind == other.kind && one.name == other.name;
}

bool holds(const Run& run, const ObjectName& name) {
  const auto& objects = run.objects->all();
  return std::any_of(objects.begin(), objects.end(),
                     [&](const Object& object) { return object.kind == name.kind && object.name == name.name; });
}

}  // namespace

SameFaults::Key SameFaults::key_of(const Finding& finding, const Run* run) const {
  const bool known = finding.primary.known();
  return {finding.rule->name,
          known ? sources_.get(finding.primary.file).name() : std::string(),
          finding.primary.begin,
          finding.stable_path.empty() ? finding.path : finding.stable_path,
          without_names(finding.message, finding, run),
          finding.suppression.has_value()};
}

SameFaults::Fault* SameFaults::find(std::vector<Fault>& faults, const Finding& finding, const Run* run) {
  const auto is_of = [&](const Fault& fault) {
    return std::any_of(fault.seen.begin(), fault.seen.end(),
                       [&](const Seen& seen) { return same_name(seen.object, finding.object); });
  };
  const auto exact = std::find_if(faults.begin(), faults.end(), is_of);
  if (exact != faults.end()) return &*exact;
  if (run == nullptr || !finding.object.known()) return nullptr;
  const auto never_meets = [&](const Seen& seen) {
    return seen.run != nullptr && seen.object.known() && seen.run != run && !holds(*run, seen.object) &&
           !holds(*seen.run, finding.object);
  };
  const auto twin = std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) {
    return std::all_of(fault.seen.begin(), fault.seen.end(), never_meets);
  });
  return twin == faults.end() ? nullptr : &*twin;
}

void SameFaults::merge(Finding& into, Finding& finding, const std::string& environment) {
  for (const RuleInfo* rule : finding.stands_for) add_missing(into.stands_for, rule);
  if (finding.fingerprint != into.fingerprint) add_missing(into.twin_fingerprints, finding.fingerprint);
  if (same_name(into.object, finding.object)) return;
  const std::string where = environment.empty() ? "elsewhere" : "in " + environment;
  into.related.push_back({where + " it is " + finding.object.to_string(), {}});
}

std::size_t SameFaults::add(Finding finding, const Run* run, const std::string& environment) {
  std::vector<Fault>& faults = faults_[key_of(finding, run)];
  Fault* fault = find(faults, finding, run);
  if (fault == nullptr) {
    fault = &faults.emplace_back(Fault{outcome_.findings.size(), {}});
    fault->seen.push_back({finding.object, run});
    outcome_.findings.push_back(std::move(finding));
  } else {
    fault->seen.push_back({finding.object, run});
    merge(outcome_.findings[fault->index], finding, environment);
  }
  if (!environment.empty()) add_missing(outcome_.findings[fault->index].environments, environment);
  return fault->index;
}

}  // namespace rhumb::lint
