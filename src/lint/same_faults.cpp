#include "lint/same_faults.h"

#include <algorithm>

#include "lint/support/pod_security.h"
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

/// One value may serve several containers of a workload: a person edits one line.
bool is_shared(const Finding& finding) { return finding.is_at_value && !finding.container.empty(); }

/// Within the container that the finding is about.
std::string path_in_container(const Finding& finding) {
  const std::string& path = finding.stable_path;
  const std::size_t end = path.find(']', path.find("ontainers["));
  return end == std::string::npos ? path : path.substr(end + 1);
}

/// The container without what its name has from the object or the release, which environments call otherwise.
std::string stable_container(const Finding& finding, const Run* run) {
  std::string name = finding.container;
  if (!finding.object.name.empty()) name = strings::replace(name, finding.object.name, "{object}");
  if (run == nullptr || run->environment->release.empty()) return name;
  return strings::replace(name, run->environment->release, "{release}");
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
  std::string path = finding.stable_path.empty() ? finding.path : finding.stable_path;
  // Of a value, what an environment adds to the fault is no other fault: "...; its claim is ReadWriteOnce".
  std::string message = without_names(finding.is_at_value ? finding.fault : finding.message, finding, run);
  if (is_shared(finding)) {
    path = path_in_container(finding);
    message = strings::replace(message, finding.container, "{container}");
  }
  return {finding.rule->name,    known ? sources_.get(finding.primary.file).name() : std::string(),
          finding.primary.begin, std::move(path),
          std::move(message),    finding.suppression.has_value()};
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

void SameFaults::share(Fault& fault, const Finding& finding, const Run* run) {
  if (!is_shared(finding)) return;
  std::string stable = stable_container(finding, run);
  const auto known = std::any_of(fault.shares.begin(), fault.shares.end(), [&](const Share& share) {
    return share.container == finding.container || share.stable == stable;
  });
  if (known) return;
  if (fault.shares.empty()) fault.message = finding.message;
  fault.shares.push_back({finding.container, std::move(stable), finding.hint});
  if (fault.shares.size() == 1) return;
  Finding& said = outcome_.findings[fault.index];
  std::vector<std::string> others;
  for (std::size_t i = 1; i < fault.shares.size(); ++i) others.push_back(fault.shares[i].container);
  said.message = fault.message + "; the same value serves " + SharedFaults::joined(others);
  said.hint = joined_hint(fault, *said.rule);
}

/// What differs says for whom it is.
std::string SameFaults::joined_hint(const Fault& fault, const RuleInfo& rule) {
  std::vector<std::pair<std::string, std::vector<std::string>>> hints;  // and containers
  for (const Share& share : fault.shares) {
    const std::string_view hint = share.hint.empty() ? rule.remedy : std::string_view(share.hint);
    const auto known = std::find_if(hints.begin(), hints.end(), [&](const auto& each) { return each.first == hint; });
    auto& said = known == hints.end() ? hints.emplace_back(hint, std::vector<std::string>()) : *known;
    said.second.push_back(share.container);
  }
  if (hints.size() == 1) return fault.shares.front().hint;
  std::string text;
  for (const auto& [hint, containers] : hints) {
    text.append(text.empty() ? "" : "; ").append(SharedFaults::joined(containers)).append(": ").append(hint);
  }
  return text;
}

std::size_t SameFaults::add(Finding finding, const Run* run, const std::string& environment) {
  std::vector<Fault>& faults = faults_[key_of(finding, run)];
  Fault* fault = find(faults, finding, run);
  if (fault == nullptr) {
    fault = &faults.emplace_back(Fault{outcome_.findings.size(), {}, {}, {}});
    fault->seen.push_back({finding.object, run});
    share(*fault, finding, run);
    outcome_.findings.push_back(std::move(finding));
  } else {
    fault->seen.push_back({finding.object, run});
    share(*fault, finding, run);
    merge(outcome_.findings[fault->index], finding, environment);
  }
  if (!environment.empty()) add_missing(outcome_.findings[fault->index].environments, environment);
  return fault->index;
}

}  // namespace rhumb::lint
