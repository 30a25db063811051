#include <fmt/format.h>

#include <algorithm>

#include "lint/support/chart_rule.h"
#include "lint/support/dependency_lock.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::chart_dependencies_inconsistent {
namespace {

/// An entry of dependencies, in Chart.yaml or requirements.yaml.
struct Declared {
  std::string name;
  std::string version;
  std::string repository;
  std::string alias;
  Span span;          // of the name, or of the entry
  Span version_span;  // the same without a version
  bool is_null = false;

  const std::string& key() const { return alias.empty() ? name : alias; }
  bool accepts(const chart::Chart& chart) const { return chart::is_compatible_range(version, chart.metadata.version); }
};

class Checker {
 public:
  Checker(ChartContext& context, const ChartYaml& yaml) : context_(context), yaml_(yaml) {}

  void check() {
    read(yaml_.file, yaml_.root());
    check_version();
    if (const chart::File* const file = context_.source()->find("requirements.yaml")) {
      if (auto tree = yaml::Tree::read(file->data)) read(file->source, tree->root());
    }
    check_entries();
    if (context_.chart() == nullptr) return;
    check_presence();
    check_undeclared();
    check_lock();
  }

 private:
  void read(FileId file, yaml::NodeRef root) {
    const yaml::NodeRef list = ChartYaml::field(root, "dependencies");
    for (const yaml::NodeRef item : list) {
      const yaml::NodeRef name = ChartYaml::field(item, "name");
      const yaml::NodeRef place = name ? name : item;
      Declared& entry = declared_.emplace_back();
      entry.is_null = item.is_null();
      entry.name = name.scalar_text();
      const yaml::NodeRef version = ChartYaml::field(item, "version");
      entry.version = version.scalar_text();
      entry.repository = ChartYaml::field(item, "repository").scalar_text();
      entry.alias = ChartYaml::field(item, "alias").scalar_text();
      entry.span = {file, place.node()->begin, place.node()->end};
      if (entry.span.begin == entry.span.end) entry.span = {file, list.node()->key_begin, list.node()->key_end};
      entry.version_span = version ? Span{file, version.node()->begin, version.node()->end} : entry.span;
    }
  }

  /// What brings the version that the entry means. As Manager.Build of Helm: from the lock, if that is in step.
  std::string_view command_for(const Declared& entry) const {
    const chart::Chart& chart = *context_.chart();
    const bool is_locked = chart.lock && lock_state(chart.metadata, *chart.lock) == LockState::in_step &&
                           std::any_of(chart.lock->dependencies.begin(), chart.lock->dependencies.end(),
                                       [&](const std::shared_ptr<chart::Dependency>& each) {
                                         return each != nullptr && each->name == entry.name &&
                                                chart::is_compatible_range(entry.version, each->version);
                                       });
    return is_locked ? "helm dependency build" : "helm dependency update";
  }

  void check_version() {
    if (declared_.empty() || yaml_.metadata.api_version != "v1") return;
    context_.report_span(yaml_.key_span(yaml_.field("dependencies")),
                         "dependencies are not valid in the Chart file with apiVersion 'v1'. They are valid in "
                         "apiVersion 'v2'");
  }

  void check_entries() {
    for (std::size_t i = 0; i < declared_.size(); ++i) {
      const Declared& entry = declared_[i];
      if (entry.is_null) {
        context_.report_span(entry.span, "a dependency entry is empty")
            .explains("validation: dependencies must not contain empty or null nodes");
        continue;
      }
      if (!is_plain(entry.alias)) {
        context_
            .report_span(entry.span, fmt::format("the alias '{}' of dependency '{}' has characters other than letters, "
                                                 "digits, - and _",
                                                 entry.alias, entry.name))
            .explains("validation: dependency ");
      }
      const auto first = std::find_if(declared_.begin(), declared_.end(), [&](const Declared& other) {
        return !other.is_null && other.key() == entry.key();
      });
      if (first == declared_.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      context_.report_span(entry.span, "multiple dependencies with name or alias: " + entry.key())
          .explains("validation: more than one dependency with name or alias ")
          .related(first->span, "the first one");
    }
  }

  static bool is_plain(std::string_view alias) {
    return std::all_of(alias.begin(), alias.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
  }

  void check_presence() {
    for (const Declared& entry : declared_) {
      if (entry.is_null) continue;
      Held held;
      for (const auto& chart : context_.chart()->dependencies) {
        if (chart->metadata.name != entry.name) continue;
        if (entry.accepts(*chart)) {
          held.fitting.push_back(chart.get());
        } else {
          held.others.push_back(chart.get());
        }
      }
      if (held.fitting.empty() && held.others.empty()) {
        report_missing(entry);
      } else if (held.fitting.empty()) {
        report_version(entry, held);
      } else if (std::any_of(held.others.begin(), held.others.end(),
                             [&](const chart::Chart* chart) { return is_meant_by_none(*chart); })) {
        report_beside(entry, held);
      }
    }
  }

  bool is_meant_by_none(const chart::Chart& chart) const {
    return std::none_of(declared_.begin(), declared_.end(), [&](const Declared& entry) {
      return entry.name == chart.metadata.name && entry.accepts(chart);
    });
  }

  /// The sub-charts of an entry's name, by whether it accepts their version.
  struct Held {
    std::vector<const chart::Chart*> fitting;
    std::vector<const chart::Chart*> others;
  };

  static std::string versions_of(const std::vector<const chart::Chart*>& charts) {
    std::vector<std::string> versions;
    for (const chart::Chart* chart : charts) versions.push_back(chart->metadata.version);
    return strings::join(versions, ", ");
  }

  /// Where they lie, below the chart: "charts/odoo", "charts/odoo-1.0.0.tgz".
  std::string places_of(const std::vector<const chart::Chart*>& charts) const {
    std::vector<std::string> places;
    for (const chart::Chart* chart : charts) {
      std::string_view path = chart->path;
      path.remove_prefix(std::min(context_.chart()->path.size(), path.size()));
      path.remove_suffix(path.empty() ? 0 : 1);
      places.emplace_back(path);
    }
    return strings::join(places, " and ");
  }

  /// Folders stay beside what Helm downloads; it replaces archives only. As safeMoveDeps of Helm 4.3.1.
  static bool are_unpacked(const std::vector<const chart::Chart*>& charts) {
    return std::any_of(charts.begin(), charts.end(),
                       [](const chart::Chart* chart) { return chart->path.ends_with('/'); });
  }

  /// Helm takes disabled sub-charts out by their name, whatever their version. Only the alias is lost, and with it the
  /// name that condition and tags are looked up for.
  void report_version(const Declared& entry, const Held& held) {
    std::string effect = "alias, condition and tags of this entry do nothing";
    if (entry.alias.empty()) {
      const Use use = use_of(entry.name);
      if (use.on.empty()) return;
      effect = "it is used all the same" + use.where();
    }
    context_
        .report_span(entry.version_span, fmt::format("charts/ holds {} {}, which '{}' does not accept: {}", entry.name,
                                                     versions_of(held.others), entry.version, effect))
        .hint(fmt::format("declare the version that charts/ has{}, or {}",
                          context_.chart()->lock ? " and renew the lock by helm dependency update" : "",
                          way_to_replace(entry, held)));
  }

  std::string way_to_replace(const Declared& entry, const Held& held) const {
    if (entry.repository.empty()) {
      return fmt::format("put one that '{}' accepts into charts/ (the entry has no repository to take it from)",
                         entry.version);
    }
    if (!are_unpacked(held.others)) return fmt::format("run {}", command_for(entry));
    return fmt::format("delete {}, which Helm does not replace, and run {}", places_of(held.others),
                       command_for(entry));
  }

  /// The others are not what the entry means: Helm renders them as well, under their own name.
  void report_beside(const Declared& entry, const Held& held) {
    std::string where;
    if (entry.alias.empty()) {
      const Use use = use_of(entry.name);
      if (use.on.empty()) return;
      where = use.where();
    }
    context_
        .report_span(entry.version_span,
                     fmt::format("charts/ holds {} {} beside {}, which '{}' accepts: both are used{}", entry.name,
                                 versions_of(held.others), versions_of(held.fitting), entry.version, where))
        .hint("delete " + places_of(held.others));
  }

  /// Environments in which condition and tags leave a dependency on, and off.
  struct Use {
    std::vector<std::string> on;
    std::vector<std::string> off;

    /// The shorter way to say which.
    std::string where() const {
      if (off.empty()) return {};
      return off.size() < on.size() ? " but in " + strings::join(off, ", ") : " in " + strings::join(on, ", ");
    }
  };

  /// By the values, not by what is rendered: it may fail.
  Use use_of(const std::string& dependency) const {
    Use use;
    for (const Run* run : context_.runs()) {
      const bool is_off = run->rendering != nullptr && run->rendering->disables(dependency);
      (is_off ? use.off : use.on).push_back(name_of(*run));
    }
    return use;
  }

  static std::string name_of(const Run& run) {
    return run.environment->name.empty() ? "defaults" : run.environment->name;
  }

  void report_missing(const Declared& entry) {
    DraftRef draft = context_.report_span(entry.span, "chart directory is missing these dependencies: " + entry.name);
    draft.hint(entry.repository.empty() ? fmt::format("put it into charts/{}, or name its repository", entry.name)
                                        : fmt::format("run {}", command_for(entry)));
    const std::string failure = load_failure(context_);
    if (strings::contains(failure, "missing in charts/ directory")) draft.explains(failure);
  }

  void check_undeclared() {
    for (const auto& chart : context_.chart()->dependencies) {
      const std::string& name = chart->metadata.name;
      if (std::any_of(declared_.begin(), declared_.end(), [&](const Declared& each) { return each.name == name; })) {
        continue;
      }
      context_.report_span(yaml_.field_span("dependencies"), "chart metadata is missing these dependencies: " + name)
          .key(name);
    }
  }

  /// A chart whose entries have no repository has nothing that anybody would build.
  void check_lock() {
    const chart::Chart& chart = *context_.chart();
    const bool is_built = std::any_of(declared_.begin(), declared_.end(),
                                      [](const Declared& entry) { return !entry.repository.empty(); });
    if (!is_built || !chart.lock || lock_state(chart.metadata, *chart.lock) != LockState::out_of_step) return;
    const chart::File* file = context_.source()->find("Chart.lock");
    if (file == nullptr) file = context_.source()->find("requirements.lock");
    if (file == nullptr) return;
    Span span{file->source, 0, 0};
    if (const auto tree = yaml::Tree::read(file->data)) {
      if (const yaml::NodeRef digest = tree->root()["digest"]) {
        span = {file->source, digest.node()->key_begin, digest.node()->key_end};
      }
    }
    context_
        .report_span(span, fmt::format("{} is not the lock of the dependencies that are declared: helm dependency "
                                       "build refuses it as out of sync",
                                       file->name))
        .hint("run helm dependency update");
  }

  ChartContext& context_;
  const ChartYaml& yaml_;
  std::vector<Declared> declared_;
};

void check(ChartContext& context) {
  if (const ChartYaml* const yaml = readable_chart_yaml(context)) Checker(context, *yaml).check();
}

}  // namespace

extern const Rule rule{
    .name = "chart-dependencies-inconsistent",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "What Chart.yaml declares as dependencies is not what charts/ holds",
    .remedy =
        "Declare every sub-chart once, with a version that the one in charts/ has, or run helm dependency update.",
    .documentation = R"(## What it does
Compares `dependencies` of Chart.yaml (or requirements.yaml) with the folder charts/: declared and not there, there and
not declared, there in a version that the entry does not accept (alone, or beside one that it accepts), two entries of
one name or alias, an empty entry, an alias with characters other than letters, digits, `-` and `_`, dependencies in a
chart of `apiVersion: v1`. And with Chart.lock (requirements.lock): its digest is of other dependencies. A lock of
repositories that are named `@name` or `alias:name` is left alone, for its digest is of their address.

## Why
Helm does not render a chart whose dependencies are missing. A sub-chart that is not declared is installed always. One
of another version than declared is used all the same. Its condition and tags work, unless the entry has an alias: then
none of the three does. One that they switch off in every environment does no harm, and is left alone.

`helm dependency build` and `update` bring the version that the entry means, and replace archives (`.tgz`) of others. A
folder stays beside what they bring, and both are rendered: delete it first. With an entry that names no repository they
fail. `build` fails as well when the lock is not of the dependencies that Chart.yaml declares, whatever charts/ holds.

## Example
```yaml
# wrong: charts/odoo has version 2.0.0
dependencies:
  - name: odoo
    version: ~1.0.0
    alias: tmsOdoo
    condition: tmsOdoo.enabled
```
```yaml
# right
dependencies:
  - name: odoo
    version: ~2.0.0
    alias: tmsOdoo
    condition: tmsOdoo.enabled
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_dependencies_inconsistent
