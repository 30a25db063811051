#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "lint/context.h"
#include "lint/locate.h"
#include "lint/run.h"
#include "lint/same_faults.h"
#include "lint/suppress.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/timer.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {
namespace {

/// What one rule said in one environment.
struct RuleOutcome {
  const Rule* rule = nullptr;
  Severity severity = Severity::error;
  bool applied = false;
  std::deque<Draft> drafts;
};

struct Located {
  Finding finding;
  std::string explains;  // as Draft::explains
};

/// One environment of one target, on its way through the stages.
struct Job {
  const LoadedTarget* loaded = nullptr;
  const Environment* environment = nullptr;
  KeptLog log;
  std::unique_ptr<Run> run;
  std::vector<RuleOutcome> outcomes;
  std::vector<Located> findings;
};

bool is_chart_matter(const Rule& rule) { return rule.category == Category::chart; }

void run_rules(Job& job) {
  const Configuration& configuration = job.loaded->target->configuration;
  for (const Rule* rule : rules()) {
    if (rule->check == nullptr) continue;
    // A chart that does not render has no objects whose absence means anything.
    if (job.run->failure && !is_chart_matter(*rule)) continue;
    const EffectiveRule effective = effective_rule(*rule, configuration, *job.environment);
    if (!effective.enabled) continue;
    RuleOutcome& outcome = job.outcomes.emplace_back();
    outcome.rule = rule;
    outcome.severity = effective.severity;
    Context context(*rule, effective.parameters, outcome.drafts, *job.run, configuration);
    rule->check(context);
    outcome.applied = context.has_applied();
  }
}

void locate_all(Job& job, const Sources& sources) {
  for (const RuleOutcome& outcome : job.outcomes) {
    for (const Draft& draft : outcome.drafts) {
      Finding finding = locate(draft, *outcome.rule, outcome.severity, job.run.get(), *job.loaded->target, sources);
      if (is_left_out(job.environment->profile, outcome.rule->name, finding.object)) continue;
      if (draft.object != nullptr) finding.suppression = annotated_suppression(*outcome.rule, *draft.object);
      job.findings.push_back({std::move(finding), draft.explains});
    }
  }
}

/// Several findings of one rule may have one identity: they are counted.
void number_fingerprints(std::vector<Located>& findings) {
  std::map<std::string, int> seen;
  for (auto& [finding, explains] : findings) {
    const int count = ++seen[finding.fingerprint];
    if (count > 1) finding.fingerprint += "-" + std::to_string(count);
  }
}

/// Where a finding says why a chart does not load or render, that it does not is no finding of its own.
bool is_explained(const Located& located, const std::vector<Located>& by) {
  if (located.finding.rule->name != "render-failed") return false;
  return std::any_of(by.begin(), by.end(), [&](const Located& other) {
    return !other.explains.empty() && !other.finding.suppression && located.finding.message.starts_with(other.explains);
  });
}

/// Defaults that insist on a value which every named environment gives are no fault of the chart.
bool is_expected(const Finding& finding, const Job& job, const std::vector<Job*>& jobs) {
  if (finding.rule->name != "render-failed" || !job.environment->name.empty()) return false;
  const bool insists = finding.message.starts_with("execution error at (");
  return insists && std::any_of(jobs.begin(), jobs.end(), [](const Job* other) { return !other->run->failure; });
}

bool says_the_same(const Finding& one, const Finding& other) {
  return one.object == other.object && one.path == other.path && !one.path.empty();
}

/// The finding that the other one yields to; null for none. What somebody accepted speaks for nobody else.
Finding* speaker_for(const Finding& finding, std::vector<Located>& among) {
  if (finding.rule->yields_to.empty() || finding.suppression) return nullptr;
  for (const std::string_view name : strings::split(finding.rule->yields_to, ", ")) {
    for (auto& [other, explains] : among) {
      if (other.rule->name == name && !other.suppression && says_the_same(finding, other)) return &other;
    }
  }
  return nullptr;
}

/// One fault is one finding, whichever rules know of it.
void let_yield(std::vector<Located>& findings) {
  std::vector<bool> silent;
  for (auto& [finding, explains] : findings) {
    Finding* const speaker = speaker_for(finding, findings);
    silent.push_back(speaker != nullptr);
    if (speaker != nullptr) speaker->stands_for.push_back(finding.rule);
  }
  std::size_t at = 0;
  std::erase_if(findings, [&](const Located&) { return silent[at++]; });
}

class Merger {
 public:
  Merger(Outcome& outcome, const LintWorld& world) : outcome_(outcome), world_(world) {}

  void add_target(const LoadedTarget& loaded, std::vector<Job*> jobs) {
    const Target& target = *loaded.target;
    Suppressor suppressor(target, world_.sources, world_.today);
    for (const Job* job : jobs) add_files(suppressor, *job);
    same_.emplace(outcome_, world_.sources);
    first_environment_ = outcome_.environments.size();
    for (const Job* job : jobs) add_outcome(*job);
    std::vector<Located> of_chart = check_chart(loaded, jobs, suppressor);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      for (Located& located : jobs[i]->findings) {
        if (is_expected(located.finding, *jobs[i], jobs)) located.finding.severity = Severity::note;
      }
      add_findings(*jobs[i], first_environment_ + i, of_chart, suppressor);
    }
    for (Located& located : of_chart) add_to_all(std::move(located.finding));
    add_complaints(target, jobs, suppressor);
  }

 private:
  static void add_files(Suppressor& suppressor, const Job& job) {
    if (job.run->chart != nullptr) {
      add_chart_files(suppressor, *job.run->chart);
    } else if (job.run->source != nullptr && job.run->source->chart_yaml) {
      suppressor.add_file(job.run->source->chart_yaml->file);
    }
    for (const ValuesFile& file : job.run->values_files) suppressor.add_file(file.source);
    for (const FileId file : job.run->plain_sources) suppressor.add_file(file);
  }

  static void add_chart_files(Suppressor& suppressor, const chart::Chart& chart) {
    for (const chart::File& file : chart.templates) suppressor.add_file(file.source);
    for (const chart::File& file : chart.raw) {
      if (file.name == "values.yaml" || file.name == "Chart.yaml") suppressor.add_file(file.source);
    }
    for (const auto& dependency : chart.dependencies) add_chart_files(suppressor, *dependency);
  }

  void add_findings(Job& job, std::size_t environment, const std::vector<Located>& of_chart, Suppressor& suppressor) {
    number_fingerprints(job.findings);
    for (auto& [finding, explains] : job.findings) {
      if (!finding.suppression) finding.suppression = suppressor.find(finding, job.environment->name);
    }
    let_yield(job.findings);
    for (Located& located : job.findings) {
      if (is_explained(located, of_chart) || is_explained(located, job.findings)) continue;
      environment_findings_[environment].push_back(
          same_->add(std::move(located.finding), job.run.get(), shown_name(*job.environment)));
    }
  }

  /// The chart's own defaults have a name where there are others beside them.
  std::string shown_name(const Environment& environment) const {
    const bool is_alone = environment_findings_.size() - first_environment_ < 2;
    return environment.name.empty() && !is_alone ? "defaults" : environment.name;
  }

  /// A finding about the chart as a whole counts in each of its environments.
  void add_to_all(Finding finding) {
    const std::size_t at = same_->add(std::move(finding), nullptr, "");
    for (std::size_t i = first_environment_; i < environment_findings_.size(); ++i) {
      environment_findings_[i].push_back(at);
    }
  }

  void add_outcome(const Job& job) {
    EnvironmentOutcome& environment = outcome_.environments.emplace_back();
    environment.chart = job.loaded->target->path;
    environment.environment = job.environment->name;
    environment.objects = job.run->objects->all().size();
    environment_findings_.emplace_back();
    for (const RuleOutcome& outcome : job.outcomes) {
      if (outcome.applied) set_met(environment, *outcome.rule);
    }
  }

  static void set_met(EnvironmentOutcome& environment, const Rule& rule) {
    for (const std::string_view requirement : strings::split(rule.serves, ",")) {
      const std::string name(strings::trim_space(requirement));
      if (!name.empty()) environment.requirements[name].kind = RequirementState::Kind::met;
    }
  }

  std::vector<Located> check_chart(const LoadedTarget& loaded, const std::vector<Job*>& jobs, Suppressor& suppressor) {
    std::vector<const Run*> runs;
    for (const Job* job : jobs) runs.push_back(job->run.get());
    std::vector<Located> findings;
    for (const Rule* rule : rules()) {
      if (rule->check_chart == nullptr) continue;
      const EffectiveRule effective = chart_rule(*rule, *loaded.target, jobs);
      if (!effective.enabled) continue;
      std::deque<Draft> drafts;
      ChartContext context(*rule, effective.parameters, drafts, runs, loaded.target->configuration, world_.files,
                           world_.sources);
      rule->check_chart(context);
      for (std::size_t i = first_environment_; context.has_applied() && i < outcome_.environments.size(); ++i) {
        set_met(outcome_.environments[i], *rule);
      }
      for (const Draft& draft : drafts) {
        const Run* const run = draft.object == nullptr ? nullptr : runs.front();
        findings.push_back(
            {locate(draft, *rule, effective.severity, run, *loaded.target, world_.sources), draft.explains});
      }
    }
    number_fingerprints(findings);
    for (auto& [finding, explains] : findings) finding.suppression = suppressor.find(finding, "");
    return findings;
  }

  /// A rule about the chart as a whole is on where it is on in one of its environments.
  static EffectiveRule chart_rule(const Rule& rule, const Target& target, const std::vector<Job*>& jobs) {
    EffectiveRule effective;
    for (const Job* job : jobs) {
      effective = effective_rule(rule, target.configuration, *job->environment);
      if (effective.enabled) break;
    }
    return effective;
  }

  void add_complaints(const Target& target, const std::vector<Job*>& jobs, const Suppressor& suppressor) {
    const Rule* const rule = find_rule("unused-ignore");
    const EffectiveRule effective = chart_rule(*rule, target, jobs);
    if (!effective.enabled) return;
    std::vector<Located> findings;
    for (const Draft& draft : suppressor.complaints()) {
      findings.push_back({locate(draft, *rule, effective.severity, nullptr, target, world_.sources), {}});
    }
    number_fingerprints(findings);
    for (Located& located : findings) add_to_all(std::move(located.finding));
  }

 public:
  /// Which requirements the findings break, now that it is known which of them count.
  void judge_requirements() {
    for (std::size_t i = 0; i < outcome_.environments.size(); ++i) {
      for (const std::size_t at : environment_findings_[i]) {
        const Finding& finding = outcome_.findings[at];
        if (finding.suppression) continue;
        set_broken(outcome_.environments[i], *finding.rule, at);
        for (const Rule* rule : finding.stands_for) set_broken(outcome_.environments[i], *rule, at);
      }
    }
  }

 private:
  static void set_broken(EnvironmentOutcome& environment, const Rule& rule, std::size_t finding) {
    for (const std::string_view requirement : strings::split(rule.serves, ",")) {
      const std::string name(strings::trim_space(requirement));
      if (name.empty()) continue;
      RequirementState& state = environment.requirements[name];
      state.kind = RequirementState::Kind::broken;
      if (state.findings.empty() || state.findings.back() != finding) state.findings.push_back(finding);
    }
  }

  Outcome& outcome_;
  const LintWorld& world_;
  std::optional<SameFaults> same_;                              // of the target
  std::size_t first_environment_ = 0;                           // of the target
  std::vector<std::vector<std::size_t>> environment_findings_;  // by environment: indexes
};

/// By file, place, rule; what the requirements refer to moves along.
void sort_findings(Outcome& outcome, const Sources& sources) {
  std::vector<std::size_t> order(outcome.findings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto place = [&](std::size_t i) {
    const Finding& finding = outcome.findings[i];
    const std::string_view file =
        finding.primary.known() ? std::string_view(sources.get(finding.primary.file).name()) : std::string_view();
    return std::tuple(file, finding.primary.begin, finding.rule->name, std::string_view(finding.message));
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::vector<Finding> sorted;
  std::vector<std::size_t> moved(order.size());
  for (const std::size_t from : order) {
    moved[from] = sorted.size();
    sorted.push_back(std::move(outcome.findings[from]));
  }
  outcome.findings = std::move(sorted);
  for (EnvironmentOutcome& environment : outcome.environments) {
    for (auto& [name, state] : environment.requirements) {
      for (std::size_t& at : state.findings) at = moved[at];
    }
  }
}

}  // namespace

Result<Outcome> lint(const std::vector<Target>& targets, const LintWorld& world) {
  std::deque<LoadedTarget> loaded;
  std::deque<Job> jobs;
  for (const Target& target : targets) {
    const ScopedTimer timer(world.timers, "load chart");
    load_target(loaded.emplace_back(), target, world);
    for (const Environment& environment : target.environments) {
      Job& job = jobs.emplace_back();
      job.loaded = &loaded.back();
      job.environment = &environment;
    }
  }
  parallel_for(jobs.size(), world.threads, [&](std::size_t i) {
    Job& job = jobs[i];
    job.run = make_run(*job.loaded, *job.environment, world, job.log);
    const ScopedTimer timer(world.timers, "run rules");
    run_rules(job);
    locate_all(job, world.sources);
  });
  const ScopedTimer timer(world.timers, "merge findings");
  Outcome outcome;
  Merger merger(outcome, world);
  for (const LoadedTarget& target : loaded) {
    std::vector<Job*> own;
    for (Job& job : jobs) {
      if (job.loaded != &target) continue;
      job.log.replay(world.log);
      own.push_back(&job);
    }
    if (!own.empty()) merger.add_target(target, own);
  }
  merger.judge_requirements();
  sort_findings(outcome, world.sources);
  return outcome;
}

}  // namespace rhumb::lint
