#include "lint/run.h"

#include <atomic>

#include "lint/shared_keys.h"
#include "lint/support/values_files.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"
#include "rhumb/lint/environment.h"

namespace rhumb::lint {
namespace {

/// Notes whether a rendering asks for what is never the same twice.
class WatchingHost final : public Host {
 public:
  WatchingHost(Host& host, SharedKeys& keys) : host_(host), keys_(keys, 0) {}

  Instant now() override {
    asked_ = true;
    return host_.now();
  }
  void random(std::span<std::byte> bytes) override {
    asked_ = true;
    host_.random(bytes);
  }
  bool deterministic() const override { return host_.deterministic(); }
  KeyPool* key_pool() override {
    asked_ = true;
    return &keys_;
  }
  std::optional<std::string> look_up_host(const std::string& name) override { return host_.look_up_host(name); }
  std::optional<std::string> environment(const std::string& name) override { return host_.environment(name); }
  std::string local_zone() override { return host_.local_zone(); }

  bool asked() const { return asked_; }

 private:
  Host& host_;
  KeysInTurn keys_;
  std::atomic<bool> asked_ = false;  // several threads make a key
};

/// The same host at a later time of another day and with other keys, so that what depends on them shows.
class LaterHost final : public Host {
 public:
  LaterHost(Host& host, SharedKeys& keys) : host_(host), keys_(keys, 1) {}

  Instant now() override {
    constexpr std::int64_t later_seconds = 400 * 86400 + 3600 + 60 + 1;
    Instant instant = host_.now();
    instant.seconds += later_seconds;
    return instant;
  }
  void random(std::span<std::byte> bytes) override { host_.random(bytes); }
  bool deterministic() const override { return host_.deterministic(); }
  KeyPool* key_pool() override { return &keys_; }
  std::optional<std::string> look_up_host(const std::string& name) override { return host_.look_up_host(name); }
  std::optional<std::string> environment(const std::string& name) override { return host_.environment(name); }
  std::string local_zone() override { return host_.local_zone(); }

 private:
  Host& host_;
  KeysInTurn keys_;
};

void load_chart(LoadedTarget& loaded, const Target& target, const LintWorld& world) {
  const chart::LoadContext context{world.files, world.sources, world.log, &loaded.origins, world.limits, target.helm3};
  auto chart = chart::load(target.path, context);
  if (!chart) {
    loaded.failure = chart.error();
    loaded.source = read_chart_source(target.path, nullptr, context);
    return;
  }
  loaded.chart = *chart;
  loaded.source = read_chart_source(target.path, chart->get(), context);
  // A library chart cannot be installed, but it renders: to nothing.
  if (auto fine = chart::check_dependencies(**chart, target.helm3); !fine) loaded.failure = fine.error();
  loaded.chart_values = chart_values_files(**chart, world.limits);
}

void load_manifests(LoadedTarget& loaded, const Target& target, const LintWorld& world) {
  auto text = target.path == "-" ? world.files.read_standard_input() : world.files.read(target.path);
  if (!text) {
    loaded.failure = text.error();
    return;
  }
  const std::string name = target.path == "-" ? "<stdin>" : target.path;
  loaded.plain_sources.push_back(world.sources.add(name, *text));
  loaded.plain_files.push_back({name, {std::move(*text), {}}});
}

class RunMaker {
 public:
  RunMaker(const LoadedTarget& loaded, const Environment& environment, const LintWorld& world, Log& log,
           SharedKeys& keys)
      : loaded_(loaded), environment_(environment), world_(world), log_(log), keys_(keys), host_(world.host, keys) {}

  std::unique_ptr<Run> make() {
    run_ = std::make_unique<Run>();
    run_->environment = &environment_;
    run_->chart = loaded_.chart;
    run_->source = loaded_.source;
    run_->values_files = loaded_.chart_values;
    run_->failure = loaded_.failure;
    if (!run_->failure && loaded_.chart != nullptr) render();
    if (loaded_.chart == nullptr) {
      run_->plain_files = loaded_.plain_files;
      run_->plain_sources = loaded_.plain_sources;
    }
    index();
    if (world_.diagnostics != nullptr) tell();
    return std::move(run_);
  }

  /// Only what was rendered, for a look at its objects. Null where that fails.
  std::unique_ptr<Run> make_trial(std::vector<std::string> settings) {
    settings_ = std::move(settings);
    KeptLog unheard;
    render::World world{world_.sources, world_.files, host_, unheard, render_world().cache, world_.limits, nullptr};
    render::Rendering rendering(world, &loaded_.origins, false);
    if (auto done = render_into(rendering); !done) return nullptr;
    run_ = std::make_unique<Run>();
    run_->environment = &environment_;
    run_->chart = loaded_.chart;
    run_->source = loaded_.source;
    run_->plain_files = rendering.files();
    index();
    return std::move(run_);
  }

 private:
  void tell() const {
    world_.diagnostics->write(run_->failure ? LogLevel::warn : LogLevel::info,
                              run_->failure ? "does not render" : "rendered",
                              {{"chart", loaded_.target->path},
                               {"environment", environment_.name},
                               {"objects", std::to_string(run_->objects->all().size())}});
  }

  render::World render_world() {
    // The cache is shared by all threads and looks after itself.
    auto& cache = const_cast<render::ParseCache&>(loaded_.cache);
    return {world_.sources, world_.files, host_, log_, cache, world_.limits, world_.timers};
  }

  void add_values_files(const chart::ValueOptions& options) {
    for (const std::string& path : options.value_files) {
      auto text = world_.files.read(path);
      if (!text) continue;  // merging complains about it
      const FileId source = world_.sources.add(path, std::move(*text));
      const std::string_view read = world_.sources.get(source).text();
      run_->values_files.push_back({source, read, read_tree(read, world_.limits), "", true});
    }
  }

  Result<void> render_into(render::Rendering& rendering) {
    chart::ValueOptions options = value_options(environment_, loaded_.target->extra_values);
    for (const std::string& each : settings_) options.json_values.push_back(each);
    auto values = chart::merge_value_options(options, world_.files, world_.sources,
                                             rendering.values_context(loaded_.target->helm3));
    if (!values) return std::move(values).error();
    auto settings = render_options(environment_, loaded_.target->helm3);
    if (!settings) return std::move(settings).error();
    return rendering.run(loaded_.chart, *values, *settings);
  }

  void render() {
    add_values_files(value_options(environment_, loaded_.target->extra_values));
    run_->rendering = std::make_unique<render::Rendering>(render_world(), &loaded_.origins, true);
    if (auto done = render_into(*run_->rendering); !done) {
      run_->failure = done.error();
      return;
    }
    run_->is_random = host_.asked();
    if (run_->is_random) compare_with_second();
  }

  /// Where the outputs of two renderings part.
  void compare_with_second() {
    KeptLog unheard;
    LaterHost later(host_, keys_);
    render::World world{world_.sources, world_.files, later, unheard, render_world().cache, world_.limits, nullptr};
    render::Rendering second(world, &loaded_.origins, false);
    if (auto done = render_into(second); !done) return;
    const auto& first_files = run_->rendering->files();
    for (std::size_t i = 0; i < first_files.size() && i < second.files().size(); ++i) {
      const std::string& a = first_files[i].text.text;
      const std::string& b = second.files()[i].text.text;
      if (a == b) continue;
      run_->random_file = first_files[i].name;
      while (run_->random_offset < std::min(a.size(), b.size()) && a[run_->random_offset] == b[run_->random_offset]) {
        ++run_->random_offset;
      }
      return;
    }
  }

  void index() {
    static const std::vector<manifest::RenderedFile> nothing;
    Objects::Input input;
    input.files = run_->failure ? &nothing : &run_->files();
    input.release_namespace = environment_.namespace_;
    input.helm3 = loaded_.target->helm3;
    input.limits = world_.limits;
    run_->objects = std::make_unique<Objects>(input);
    run_->workloads = std::make_unique<Workloads>(*run_->objects);
  }

  const LoadedTarget& loaded_;
  const Environment& environment_;
  const LintWorld& world_;
  Log& log_;
  SharedKeys& keys_;
  WatchingHost host_;
  std::unique_ptr<Run> run_;
  std::vector<std::string> settings_;  // of a trial
};

std::unique_ptr<Run> make_trial(const LoadedTarget& loaded, const Environment& environment, const LintWorld& world,
                                SharedKeys& keys, const std::vector<std::string>& settings) try {
  KeptLog unheard;
  return RunMaker(loaded, environment, world, unheard, keys).make_trial(settings);
} catch (const LimitError&) {
  return nullptr;
}

}  // namespace

void load_target(LoadedTarget& loaded, const Target& target, const LintWorld& world) {
  loaded.target = &target;
  if (target.kind == Target::Kind::chart) {
    load_chart(loaded, target, world);
  } else {
    load_manifests(loaded, target, world);
  }
}

std::unique_ptr<Run> make_run(const LoadedTarget& loaded, const Environment& environment, const LintWorld& world,
                              Log& log) try {
  const auto keys = std::make_shared<SharedKeys>();
  auto run = RunMaker(loaded, environment, world, log, *keys).make();
  if (run->rendering != nullptr) {
    run->render_with = [&, keys](const std::vector<std::string>& settings) {
      return make_trial(loaded, environment, world, *keys, settings);
    };
  }
  return run;
} catch (const LimitError& limit) {
  auto run = std::make_unique<Run>();
  run->environment = &environment;
  run->chart = loaded.chart;
  run->source = loaded.source;
  run->failure = error(limit.what());
  static const std::vector<manifest::RenderedFile> nothing;
  Objects::Input input;
  input.files = &nothing;
  run->objects = std::make_unique<Objects>(input);
  run->workloads = std::make_unique<Workloads>(*run->objects);
  return run;
}

}  // namespace rhumb::lint
