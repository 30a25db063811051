// What a rule sees and says. A rule walks over objects (Context) or over the environments of a chart (ChartContext) and
// reports drafts; where they are shown, what caused them and whether somebody silenced them is not its business.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/settings.h"
#include "lint/support/chart_source.h"
#include "rhumb/chart/chart.h"
#include "rhumb/lint/config.h"
#include "rhumb/lint/rule.h"
#include "rhumb/manifest/objects.h"
#include "rhumb/manifest/references.h"
#include "rhumb/manifest/workloads.h"
#include "rhumb/render/cause.h"
#include "rhumb/render/render.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint {

using manifest::Container;
using manifest::ContainerKind;
using manifest::Node;
using manifest::Object;
using manifest::Objects;
using manifest::Workload;
using manifest::Workloads;

/// A values file, or the values.yaml of a chart or sub-chart.
struct ValuesFile {
  FileId source = no_file;
  std::string_view text;  // of the source, which outlives it
  std::shared_ptr<const yaml::Tree> tree;
  /// Where its keys stand in the values of the whole chart: "tmsOdoo" for a sub-chart of that name; empty for others.
  std::string scope;
  /// One of the environment, not a chart's own defaults.
  bool is_given = false;
};

/// One chart, or one set of manifests, in one environment: everything that was read and rendered.
struct Run {
  const Environment* environment = nullptr;
  std::shared_ptr<const chart::Chart> chart;  // null for plain manifests
  /// The chart's files, also of one that could not be loaded; null for plain manifests.
  std::shared_ptr<const ChartSource> source;
  std::unique_ptr<render::Rendering> rendering;
  std::vector<manifest::RenderedFile> plain_files;  // of plain manifests
  std::vector<FileId> plain_sources;                // one for each of plain_files
  std::unique_ptr<Objects> objects;
  std::unique_ptr<Workloads> workloads;
  std::vector<ValuesFile> values_files;
  /// Why it could not be rendered; objects are empty then.
  std::optional<Diagnostic> failure;
  /// The rendering asked for the clock or for random bytes.
  bool is_random = false;
  /// With is_random: the first template whose output differs from one rendering to the next; empty for none.
  std::string random_file;
  std::size_t random_offset = 0;
  /// Renders the chart once more, untraced, with values on top of the environment's: texts as --set-json takes them.
  /// Null where that fails; the function is empty for plain manifests. What comes out must not outlive this run.
  std::function<std::unique_ptr<Run>(const std::vector<std::string>&)> render_with;

  const std::vector<manifest::RenderedFile>& files() const { return rendering ? rendering->files() : plain_files; }
};

/// What a rule says, before its place and cause are looked up.
struct Draft {
  struct Other {
    const Object* object = nullptr;
    Node node;
    Span span;  // where object is null
    std::string message;
  };

  const Object* object = nullptr;
  /// Of the object. With `missing`, the parent of what is not there.
  Node node;
  std::string missing;
  /// Bytes of the node's text that are at fault; all of it for a size of 0.
  std::size_t part_begin = 0;
  std::size_t part_size = 0;
  /// Where object is null: a place in a file, or bytes of a rendered file.
  Span span;
  std::size_t file = npos;
  std::size_t file_begin = 0;
  std::size_t file_end = 0;
  std::string message;
  std::string detail;  // see DraftRef::adds
  std::string hint;
  /// See DraftRef::hint_of_values, hint_of_template and only_by_template.
  std::string values_hint;
  std::string template_hint;
  bool only_by_template = false;
  std::string path;  // of keys, where object is null
  /// How the message of Run::failure begins if this fault is the reason.
  std::string explains;
  bool sensitive = false;
  /// The credential as it is used, where the text at the place may be a form of it: base 64, a line with quotes.
  std::string credential;
  std::vector<Other> others;
  /// The part of a template that would cure it: what keeps it out is the place.
  std::optional<render::Slot> slot;
  /// Tells drafts of one rule about one node apart in fingerprints.
  std::string key;

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Adds to a draft, as in context.report(...).hint("...").
class DraftRef {
 public:
  explicit DraftRef(Draft& draft) : draft_(draft) {}

  /// Ends the message, behind "; ": what goes with the fault here, and may be otherwise in another environment, where
  /// the fault of the same value is no other one.
  DraftRef& adds(std::string text) {
    draft_.detail = std::move(text);
    return *this;
  }
  DraftRef& hint(std::string text) {
    draft_.hint = std::move(text);
    return *this;
  }
  /// The hint where the values decide: `{field}` becomes the key of the values for that field of the map, `{values}`
  /// says that there it is. Where the key of the first field is not known, all else stays as it is without this hint.
  DraftRef& hint_of_values(std::string text) {
    draft_.values_hint = std::move(text);
    return *this;
  }
  /// Ends the hint where no value leads to the place: the template writes the field as it is, or has no place for it.
  DraftRef& hint_of_template(std::string text) {
    draft_.template_hint = std::move(text);
    return *this;
  }
  /// What is missing can stand in a template alone: no value that keeps it out is looked for.
  DraftRef& only_by_template() {
    draft_.only_by_template = true;
    return *this;
  }
  /// Only these bytes of the scalar as it is written are at fault: the tag of an image.
  DraftRef& part(std::size_t begin, std::size_t size) {
    draft_.part_begin = begin;
    draft_.part_size = size;
    return *this;
  }
  DraftRef& related(const Object& object, Node node, std::string message) {
    draft_.others.push_back({&object, node, {}, std::move(message)});
    return *this;
  }
  DraftRef& related(Span span, std::string message) {
    draft_.others.push_back({nullptr, {}, span, std::move(message)});
    return *this;
  }
  /// The text at the place is a credential: it is masked wherever it would be shown.
  DraftRef& sensitive() {
    draft_.sensitive = true;
    return *this;
  }
  /// The same of a credential that may stand there in another form; the value that holds it is the place.
  DraftRef& credential(std::string text) {
    draft_.credential = std::move(text);
    return sensitive();
  }
  /// Tells several findings about one node apart; without it they are told apart by their message.
  DraftRef& key(std::string text) {
    draft_.key = std::move(text);
    return *this;
  }
  /// This fault is why the chart does not load or render where the message begins so: render-failed keeps silent.
  DraftRef& explains(std::string failure) {
    draft_.explains = std::move(failure);
    return *this;
  }
  /// That part of a template, which the values leave out, would cure it.
  DraftRef& slot(render::Slot slot) {
    draft_.slot = std::move(slot);
    return *this;
  }
  /// The path of keys for a finding in a values file.
  DraftRef& path(std::string text) {
    draft_.path = std::move(text);
    return *this;
  }

 private:
  Draft& draft_;
};

/// Parameters and drafts of one rule.
class RuleContext {
 public:
  RuleContext(const Rule& rule, const Parameters& parameters, std::deque<Draft>& drafts)
      : rule_(rule), parameters_(parameters), drafts_(drafts) {}

  std::int64_t integer(std::string_view parameter) const { return std::get<std::int64_t>(value(parameter)); }
  bool flag(std::string_view parameter) const { return std::get<bool>(value(parameter)); }
  const std::string& text(std::string_view parameter) const { return std::get<std::string>(value(parameter)); }
  const std::vector<std::string>& list(std::string_view parameter) const {
    return std::get<std::vector<std::string>>(value(parameter));
  }
  /// Whether the item is in the list.
  bool lists(std::string_view parameter, std::string_view item) const;

  /// There was something to look at: the rule's requirement is met unless it is broken.
  void applies() { applies_ = true; }
  bool has_applied() const { return applies_; }

  /// A place in a file of the chart, a values file or the configuration.
  DraftRef report_span(Span span, std::string message);

 protected:
  Draft& add(std::string message);
  const ParameterValue& value(std::string_view parameter) const;

  const Rule& rule_;

 private:
  const Parameters& parameters_;
  std::deque<Draft>& drafts_;
  bool applies_ = false;
};

class Context : public RuleContext {
 public:
  Context(const Rule& rule, const Parameters& parameters, std::deque<Draft>& drafts, const Run& run,
          const Configuration& configuration)
      : RuleContext(rule, parameters, drafts), run_(run), configuration_(configuration) {}

  const Run& run() const { return run_; }
  const Environment& environment() const { return *run_.environment; }
  const Objects& objects() const { return *run_.objects; }
  const Workloads& workloads() const { return *run_.workloads; }
  /// References that lead out of the release are faults.
  bool closed_world() const { return configuration_.closed_world; }
  /// Whether that rule looks in this environment.
  bool is_on(std::string_view rule) const;
  /// "1.33": of the environment, or what rhumb assumes.
  bool kube_at_least(int major, int minor) const;

  // What rules walk over. CRDs of crds/ are never among them. What is not empty makes the rule apply.
  /// All workloads; hooks, tests and Jobs included.
  std::vector<const Workload*> all_workloads();
  /// Those that run until they are stopped.
  std::vector<const Workload*> services();
  /// Those of them with `replicas`: Deployments, StatefulSets ...
  std::vector<const Workload*> scalable();
  std::vector<const Object*> of_kind(std::string_view kind);
  std::vector<const Object*> all_objects();

  /// A node of an object.
  DraftRef report(const Object& object, Node node, std::string message);
  DraftRef report(const Workload& workload, Node node, std::string message) {
    return report(*workload.object, node, std::move(message));
  }
  /// A field that is not there: `parent` is the nearest node that is, `steps` what should stand in it, as in a path
  /// ("readinessProbe", "resources.limits", "annotations[\"a.b/c\"]").
  DraftRef report_missing(const Object& object, Node parent, std::string_view steps, std::string message);
  DraftRef report_missing(const Workload& workload, Node parent, std::string_view steps, std::string message) {
    return report_missing(*workload.object, parent, steps, std::move(message));
  }
  /// Reports the node `parent[key]` if it is there, else that it is missing.
  DraftRef report_field(const Object& object, Node parent, std::string_view key, std::string message);
  DraftRef report_field(const Workload& workload, Node parent, std::string_view key, std::string message) {
    return report_field(*workload.object, parent, key, std::move(message));
  }
  /// Bytes of the output of a template.
  DraftRef report_output(std::size_t file, std::size_t begin, std::size_t end, std::string message);

 private:
  const Run& run_;
  const Configuration& configuration_;
};

class ChartContext : public RuleContext {
 public:
  ChartContext(const Rule& rule, const Parameters& parameters, std::deque<Draft>& drafts,
               const std::vector<const Run*>& runs, const Configuration& configuration, const FileSystem& files,
               const Sources& sources)
      : RuleContext(rule, parameters, drafts),
        runs_(runs),
        configuration_(configuration),
        files_(files),
        sources_(sources) {}

  /// One for each environment; those that could not be rendered included.
  const std::vector<const Run*>& runs() const { return runs_; }
  /// Null for plain manifests.
  const ChartSource* source() const { return runs_.empty() ? nullptr : runs_.front()->source.get(); }
  /// Null where nothing was loaded.
  const chart::Chart* chart() const { return runs_.empty() ? nullptr : runs_.front()->chart.get(); }
  const Configuration& configuration() const { return configuration_; }
  const FileSystem& files() const { return files_; }
  const Sources& sources() const { return sources_; }

 private:
  const std::vector<const Run*>& runs_;
  const Configuration& configuration_;
  const FileSystem& files_;
  const Sources& sources_;
};

}  // namespace rhumb::lint
