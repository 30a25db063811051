// The pipeline of `helm template`, step by step as helm 4.3.1's install action takes them: dependencies, values,
// schema, capabilities, templates. Charts and parsed templates are shared between renderings; everything else belongs
// to one Rendering, which is used by one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rhumb/base/file_system.h"
#include "rhumb/base/host.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/result.h"
#include "rhumb/base/timer.h"
#include "rhumb/chart/chart.h"
#include "rhumb/chart/values.h"
#include "rhumb/funcs/objects.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::render {

struct Release {
  std::string name = "release-name";
  std::string namespace_ = "default";
  std::int64_t revision = 1;
  bool is_install = true;
  bool is_upgrade = false;
};

struct Options {
  Release release;
  funcs::Capabilities capabilities;
  bool skip_schema_validation = false;
  bool enable_dns = false;
  /// As `helm lint` renders: `required` and `fail` give "".
  bool lint_mode = false;
  bool helm3 = false;
  /// Names that would be put on the release; those Helm keeps for itself are refused.
  std::vector<std::string> labels;
  /// How many threads a rendering may keep busy.
  unsigned threads = 1;
};

class Engine;
struct Renderable;

/// Trees of templates that were parsed already. Thread-safe, shared by the renderings of a run.
class ParseCache {
 public:
  ParseCache();
  ~ParseCache();
  ParseCache(const ParseCache&) = delete;
  ParseCache& operator=(const ParseCache&) = delete;

  struct State;
  State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Parses templates on other threads while their chart is still loaded. For renderings that are not traced.
class ParseAhead {
 public:
  /// All of it outlives the queue's work.
  ParseAhead(ParseCache& cache, const Sources& sources, WorkQueue& queue, bool helm3)
      : cache_(cache), sources_(sources), queue_(queue), helm3_(helm3) {}

  /// For LoadContext::on_file: hands over what is a template, whenever there is enough to wake somebody for.
  void offer(const chart::File& file);

 private:
  void add(std::vector<FileId> files);

  ParseCache& cache_;
  const Sources& sources_;
  WorkQueue& queue_;
  bool helm3_;
  std::size_t bytes_ = 0;
  std::vector<FileId> waiting_;
};

/// What a rendering works with; all of it outlives the rendering.
struct World {
  Sources& sources;
  const FileSystem& files;
  Host& host;
  Log& log;
  ParseCache& cache;
  const Limits& limits;
  Timers* timers = nullptr;
  /// Shares the work of a rendering that is not traced. Null: one thread does it.
  WorkQueue* queue = nullptr;
};

class Rendering {
 public:
  /// With `origins` (the table of what was loaded) the rendering is traced.
  Rendering(const World& world, const OriginTable* origins, bool traced);
  Rendering(const Rendering&) = delete;
  Rendering& operator=(const Rendering&) = delete;
  ~Rendering();

  /// For values that the rendering is to use.
  chart::ValuesContext values_context(bool helm3 = false);

  /// Steps 8 to 10 of helm.md's pipeline: dependencies, coalescing, schema, kubeVersion, templates. Errors are Helm's
  /// texts; `failed_late` of the rendering tells whether Helm would add its advice to use --debug.
  Result<void> run(std::shared_ptr<const chart::Chart> chart, const Value& user_values, const Options& options);

  bool failed_late() const { return failed_late_; }
  /// The output of every template that is rendered, NOTES.txt left out, in the order of rendering.
  const std::vector<manifest::RenderedFile>& files() const { return files_; }
  /// Of the processed chart and its enabled dependencies, in Helm's order.
  std::vector<chart::Crd> crds() const;
  /// Whether condition or tags switched off what the chart declares under that name or alias; false before it has run.
  /// Known as well of a rendering that failed later.
  bool disables(std::string_view dependency) const;
  /// Null unless the rendering is traced.
  const OriginTable* origins() const { return origins_.get(); }
  const Sources& sources() const { return world_.sources; }
  const Limits& limits() const { return world_.limits; }

  /// What explaining a traced rendering needs (render/traced.h); null before it has run.
  struct Traced;
  const Traced* traced() const { return traced_.get(); }

 private:
  /// What is at work on other threads while a rendering goes on.
  struct Ahead;

  Result<Value> render_values(std::shared_ptr<const chart::Chart> chart, const Value& user_values,
                              const Options& options, Ahead& ahead);
  Result<void> checked(const Value& top, const Options& options, Ahead& ahead);
  Result<void> execute(const Value& top, const Options& options, Ahead& ahead, Log& log);
  void keep_trace(std::unique_ptr<Engine> engine, std::vector<Renderable> templates, const Value& top);
  Result<void> check_kube_version(const Options& options) const;

  World world_;
  std::unique_ptr<Heap> heap_;
  std::unique_ptr<OriginTable> origins_;
  std::unique_ptr<chart::ChartTree> tree_;
  std::vector<manifest::RenderedFile> files_;
  std::unique_ptr<Traced> traced_;
  bool failed_late_ = false;
};

/// How the text of `helm template` is put together.
struct OutputOptions {
  bool include_crds = false;
  bool no_hooks = false;
  bool skip_tests = false;
  bool helm3 = false;
  unsigned threads = 1;
};

/// Sorts the documents and puts the text together: CRDs, manifests, hooks. As template's RunE, helm 4.3.1.
/// Errors: YAML that cannot be read (with Helm's advice to use --debug among those `failed_late` is true for).
Result<std::string> assemble(const Rendering& rendering, const OutputOptions& options, Log& log);

}  // namespace rhumb::render
