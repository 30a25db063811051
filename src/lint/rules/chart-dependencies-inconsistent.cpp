#include <fmt/format.h>

#include <algorithm>

#include "lint/support/chart_rule.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::chart_dependencies_inconsistent {
namespace {

/// An entry of dependencies, in Chart.yaml or requirements.yaml.
struct Declared {
  std::string name;
  std::string version;
  std::string alias;
  Span span;
  bool is_null = false;

  const std::string& key() const { return alias.empty() ? name : alias; }
};

class Checker {
 public:
  Checker(ChartContext& context, const ChartYaml& yaml) : context_(context), yaml_(yaml) {}

  void check() {
    read(yaml_.file, yaml_.root());
    check_version();
    read_lock();
    if (const chart::File* const file = context_.source()->find("requirements.yaml")) {
      if (auto tree = yaml::Tree::read(file->data)) read(file->source, tree->root());
    }
    check_entries();
    if (context_.chart() == nullptr) return;
    check_presence();
    check_undeclared();
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
      entry.version = ChartYaml::field(item, "version").scalar_text();
      entry.alias = ChartYaml::field(item, "alias").scalar_text();
      entry.span = {file, place.node()->begin, place.node()->end};
      if (entry.span.begin == entry.span.end) entry.span = {file, list.node()->key_begin, list.node()->key_end};
    }
  }

  void read_lock() {
    for (const std::string_view name : {"Chart.lock", "requirements.lock"}) {
      const chart::File* const file = context_.source()->find(name);
      if (file == nullptr) continue;
      const auto tree = yaml::Tree::read(file->data);
      if (!tree) continue;
      for (const yaml::NodeRef item : tree->root()["dependencies"]) {
        locked_.emplace_back(item["name"].scalar_text(), item["version"].scalar_text());
      }
    }
  }

  /// What brings the version that the entry means. As Manager.Build of Helm: from the lock, if that has it.
  std::string_view command_for(const Declared& entry) const {
    const bool is_locked = std::any_of(locked_.begin(), locked_.end(), [&](const auto& each) {
      return each.first == entry.name && chart::is_compatible_range(entry.version, each.second);
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
      std::vector<std::string> versions;
      for (const auto& chart : context_.chart()->dependencies) {
        if (chart->metadata.name == entry.name) versions.push_back(chart->metadata.version);
      }
      if (versions.empty()) {
        report_missing(entry);
      } else if (std::none_of(versions.begin(), versions.end(), [&](const std::string& version) {
                   return chart::is_compatible_range(entry.version, version);
                 })) {
        report_version(entry, strings::join(versions, ", "));
      }
    }
  }

  /// Helm takes disabled sub-charts out by their name, whatever their version. Only the alias is lost, and with it the
  /// name that condition and tags are looked up for.
  void report_version(const Declared& entry, const std::string& versions) {
    std::string effect = "alias, condition and tags of this entry do nothing";
    if (entry.alias.empty()) {
      const Use use = use_of(entry.name);
      if (use.on.empty()) return;
      effect = "it is used all the same" + use.where() + fmt::format(", until {} replaces it", command_for(entry));
    }
    context_
        .report_span(entry.span, fmt::format("charts/ holds {} {}, which '{}' does not accept: {}", entry.name,
                                             versions, entry.version, effect))
        .hint(fmt::format("run {}, or declare the version that charts/ has", command_for(entry)));
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
    draft.hint(fmt::format("run {}", command_for(entry)));
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

  ChartContext& context_;
  const ChartYaml& yaml_;
  std::vector<Declared> declared_;
  std::vector<std::pair<std::string, std::string>> locked_;  // names and versions
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
not declared, there in a version that the entry does not accept, two entries of one name or alias, an empty entry, an
alias with characters other than letters, digits, `-` and `_`, dependencies in a chart of `apiVersion: v1`.

## Why
Helm does not render a chart whose dependencies are missing. A sub-chart that is not declared is installed always. One
of another version than declared is used all the same, until `helm dependency build` brings the one that the entry
means, or `helm dependency update` where Chart.lock has no such version either. Its condition and tags work, unless the entry has an alias: then none of the three does. One that they switch off
in every environment does no harm, and is left alone.

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
