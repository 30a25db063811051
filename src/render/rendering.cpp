#include <algorithm>
#include <array>

#include "render/engine.h"
#include "render/schema.h"
#include "render/traced.h"
#include "rhumb/base/strings.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/render/release_name.h"
#include "rhumb/render/render.h"

namespace rhumb::render {
namespace {

constexpr std::string_view notes_suffix = "NOTES.txt";

Result<void> check_release_name(const std::string& name, Log& log, bool helm3) {
  if (is_release_name(name)) return {};
  std::string text = helm3 ? "no name provided" : "release name \"\": no name provided";
  if (!name.empty()) {
    text = "release name " + std::string("\"") + name +
           "\": invalid release name, must match regex "
           "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer "
           "than 53";
  }
  if (helm3) return error(text);
  log.write(LogLevel::error, "release name check failed", {{"error", text}});
  return error("release name check failed: " + text);
}

// As driver.ContainsSystemLabels.
Result<void> check_labels(const std::vector<std::string>& labels) {
  constexpr std::array<std::string_view, 6> reserved{"name", "owner", "status", "version", "createdAt", "modifiedAt"};
  if (std::find_first_of(labels.begin(), labels.end(), reserved.begin(), reserved.end()) == labels.end()) return {};
  return error(
      "user supplied labels contains system reserved label name. System labels: "
      "[name owner status version createdAt modifiedAt]");
}

Value make_release(Heap& heap, const Release& release) {
  const Value value = heap.map();
  Map& map = *value.as_map();
  map.set("Name", heap.string(release.name));
  map.set("Namespace", heap.string(release.namespace_));
  map.set("IsUpgrade", Value::boolean(release.is_upgrade));
  map.set("IsInstall", Value::boolean(release.is_install));
  map.set("Revision", Value::integer(release.revision));
  map.set("Service", heap.string("Helm"));
  return value;
}

/// At least the size of the output: an output of megabytes that grows as it is written would be there twice.
std::size_t framed_size(const std::vector<chart::Crd>& crds, const manifest::SortedDocuments& documents) {
  constexpr std::size_t frame = sizeof "---\n# Source: \n\n";
  std::size_t size = 1;
  for (const chart::Crd& crd : crds) size += frame + crd.filename.size() + crd.file->data.size();
  for (const auto* const sorted : {&documents.manifests, &documents.hooks}) {
    for (const manifest::Document& document : *sorted) size += frame + document.file.size() + document.text.size();
  }
  return size;
}

#ifdef RHUMB_STRESS
constexpr std::size_t worth_freeing = 0;
#else
constexpr std::size_t worth_freeing = 4 << 20;  // below, it takes time alone
#endif

std::unique_ptr<Heap> make_heap(const Limits& limits) {
  return std::make_unique<Heap>(
      Heap::Options{.limit_bytes = limits.memory_bytes, .text_limit_bytes = limits.output_bytes});
}

}  // namespace

struct Rendering::Ahead {
  std::unique_ptr<Task> parsing;
  std::unique_ptr<SchemaChecks> checks;  // null: nobody wants them
};

Rendering::Rendering(const World& world, const OriginTable* origins, bool traced)
    : world_(world),
      heap_(make_heap(world.limits)),
      origins_(traced ? std::make_unique<OriginTable>(origins) : nullptr) {}

Rendering::~Rendering() = default;

chart::ValuesContext Rendering::values_context(bool helm3) {
  return {*heap_, world_.log, origins_.get(), helm3, world_.limits};
}

std::vector<chart::Crd> Rendering::crds() const { return chart::crd_objects(tree_->root()); }

bool Rendering::disables(std::string_view dependency) const {
  if (tree_ == nullptr) return false;
  const std::vector<std::string>& disabled = tree_->root().disabled_dependencies;
  return std::find(disabled.begin(), disabled.end(), dependency) != disabled.end();
}

Result<Value> Rendering::render_values(std::shared_ptr<const chart::Chart> loaded, const Value& user_values,
                                       const Options& options, Ahead& ahead) {
  const ScopedTimer timer(world_.timers, "merge values");
  const chart::ValuesContext context = values_context(options.helm3);
  tree_ = std::make_unique<chart::ChartTree>(std::move(loaded));
  if (auto done = chart::process_dependencies(*tree_, user_values, context); !done) {
    const std::string text = done.error().message;
    if (options.helm3) return error(text);
    world_.log.write(LogLevel::error, "chart dependencies processing failed", {{"error", text}});
    return error("chart dependencies processing failed: " + text);
  }
  ahead.parsing = parse_ahead(tree_->root(), world_, options);
  auto values = chart::coalesce_values(tree_->root(), user_values, context);
  if (!values) return std::move(values).error();
  if (!options.skip_schema_validation) {
    ahead.checks = std::make_unique<SchemaChecks>(tree_->root(), *values, world_, options);
  }
  const Value top = heap_->map(Type::values);
  top.as_map()->set("Capabilities", funcs::make_capabilities(*heap_, options.capabilities, options.helm3));
  top.as_map()->set("Release", make_release(*heap_, options.release));
  top.as_map()->set("Values", values->with_type(Type::values));
  return top;
}

Result<void> Rendering::check_kube_version(const Options& options) const {
  const std::string& wanted = tree_->root().chart().metadata.kube_version;
  const funcs::KubeVersion& have = options.capabilities.kube_version;
  if (wanted.empty() || chart::is_compatible_range(wanted, have.normalized)) return {};
  return error("chart requires kubeVersion: " + wanted + " which is incompatible with Kubernetes " + have.version);
}

/// The templates are executed while the values are checked: what came of them counts when the values are good.
Result<void> Rendering::checked(const Value& top, const Options& options, Ahead& ahead) {
  ahead.parsing.reset();
  if (world_.queue != nullptr) world_.queue->finish();
  if (ahead.checks == nullptr) return execute(top, options, ahead, world_.log);
  if (!ahead.checks->begin()) {
    if (auto valid = ahead.checks->result(); !valid) return valid;
    return execute(top, options, ahead, world_.log);
  }
  KeptLog log(world_.log);
  Result<void> done = execute(top, options, ahead, log);
  if (auto valid = ahead.checks->result(); !valid) {
    failed_late_ = false;
    return valid;
  }
  log.replay(world_.log);
  return done;
}

Result<void> Rendering::execute(const Value& top, const Options& options, Ahead& ahead, Log& log) try {
  if (auto fine = check_labels(options.labels); !fine) return fine;
  failed_late_ = true;
  if (auto fits = check_kube_version(options); !fits) return fits;
  const World world{world_.sources, world_.files,  world_.host,   log,
                    world_.cache,   world_.limits, world_.timers, world_.queue};
  auto engine = std::make_unique<Engine>(world, *heap_, origins_.get(), options);
  std::vector<Renderable> templates = collect_templates(tree_->root(), top, *heap_, origins_ != nullptr);
  auto files = engine->render(templates, ahead.checks.get());
  if (origins_ != nullptr) keep_trace(std::move(engine), std::move(templates), top);
  if (!files) return std::move(files).error();
  files_ = std::move(*files);
  return {};
} catch (const LimitError& limit) {
  return error(limit.what());
}

Result<void> Rendering::run(std::shared_ptr<const chart::Chart> chart, const Value& user_values,
                            const Options& options) {
  // Helm 4 loads such charts for other commands alone.
  if (!options.helm3 && chart->metadata.api_version == "v3") return error("invalid chart apiVersion");
  if (auto valid = check_release_name(options.release.name, world_.log, options.helm3); !valid) return valid;
  try {
    Ahead ahead;
    const auto top = render_values(std::move(chart), user_values, options, ahead);
    if (!top) return top.error();
    if (auto done = checked(*top, options, ahead); !done) return done;
  } catch (const LimitError& limit) {
    return error(limit.what());
  }
  // What it was made of makes room for what is made of it.
  if (origins_ == nullptr && heap_->arena().used() > worth_freeing) heap_ = make_heap(world_.limits);
  std::erase_if(files_, [](const manifest::RenderedFile& file) { return file.name.ends_with(notes_suffix); });
  failed_late_ = false;
  return {};
}

void Rendering::keep_trace(std::unique_ptr<Engine> engine, std::vector<Renderable> templates, const Value& top) {
  traced_ = std::make_unique<Traced>();
  traced_->engine = std::move(engine);
  traced_->templates = std::move(templates);
  traced_->values = *top.as_map()->find("Values");
  traced_->root = &tree_->root();
}

Result<std::string> assemble(const Rendering& rendering, const OutputOptions& options, Log& log) {
  auto documents = manifest::sort_documents(rendering.files(), log, options.helm3, options.threads, rendering.limits());
  if (!documents) return std::move(documents).error();
  const std::vector<chart::Crd> crds = options.include_crds ? rendering.crds() : std::vector<chart::Crd>();
  std::string out;
  out.reserve(framed_size(crds, *documents));
  for (const chart::Crd& crd : crds) manifest::append_framed(out, crd.filename, crd.file->data);
  for (const manifest::Document& document : documents->manifests) {
    manifest::append_framed(out, document.file, document.text);
  }
  // It begins with dashes or is empty, so that space is at its end only.
  out.resize(strings::trim_space(out).size());
  out += '\n';
  if (options.no_hooks) return out;
  for (const manifest::Document& hook : documents->hooks) {
    if (!(options.skip_tests && hook.is_test_hook)) manifest::append_framed(out, hook.file, hook.text);
  }
  return out;
}

}  // namespace rhumb::render
