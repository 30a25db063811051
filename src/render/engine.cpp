#include "render/engine.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "render/schema.h"
#include "rhumb/base/strings.h"
#include "rhumb/funcs/library.h"
#include "rhumb/value/go_number.h"

namespace rhumb::render {
namespace {

constexpr std::string_view root_name = "gotpl";
constexpr std::string_view no_value = "<no value>";
constexpr std::uint32_t most_nested_tpl = 10'000;

/// What a file has from here on is worth more than one thread.
#ifdef RHUMB_STRESS
constexpr std::size_t long_file_bytes = 0;
#else
constexpr std::size_t long_file_bytes = 64 << 10;
#endif

class Nesting {
 public:
  explicit Nesting(std::uint32_t& depth) : depth_(depth) { ++depth_; }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  std::uint32_t& depth_;
};

/// Leaves nobody at work on what goes away.
class Draining {
 public:
  explicit Draining(WorkQueue* queue) : queue_(queue) {}
  ~Draining() {
    if (queue_ == nullptr) return;
    queue_->clear();
    queue_->finish();
  }
  Draining(const Draining&) = delete;
  Draining& operator=(const Draining&) = delete;

 private:
  WorkQueue* queue_;
};

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Helm's way around missingkey=zero: every "<no value>" goes, whoever wrote it. Traces move along.
void remove_no_value(TracedText& text) {
  if (text.text.find(no_value) == std::string::npos) return;
  TracedText kept;
  std::size_t from = 0;
  std::size_t piece = 0;
  const auto keep = [&](std::size_t end) {
    const std::size_t shift = from - kept.text.size();
    // The piece that the kept part begins in starts again at its first byte.
    while (piece + 1 < text.trace.size() && text.trace[piece + 1].begin <= from) ++piece;
    for (std::size_t i = piece; i < text.trace.size() && text.trace[i].begin < end; ++i) {
      TracePiece moved = text.trace[i];
      moved.begin = static_cast<std::uint32_t>(std::max<std::size_t>(moved.begin, from) - shift);
      kept.trace.push_back(moved);
    }
    kept.text.append(text.text, from, end - from);
  };
  for (std::size_t at = text.text.find(no_value); at != std::string::npos; at = text.text.find(no_value, from)) {
    keep(at);
    from = at + no_value.size();
  }
  keep(text.text.size());
  text = std::move(kept);
}

}  // namespace

Engine::Engine(const World& world, Heap& heap, OriginTable* origins, const Options& options)
    : world_(world),
      heap_(heap),
      library_(funcs::library(options.helm3)),
      context_{heap, world.host, world.limits},
      executor_(library_, context_) {
  context_.origins = origins;
  context_.templates = this;
  context_.lint_mode = options.lint_mode;
  context_.enable_dns = options.enable_dns;
  context_.helm3 = options.helm3;
  context_.log = &world.log;
}

Engine::~Engine() = default;

Result<const gotmpl::ParsedFile*> Engine::parsed(const Renderable& renderable) {
  ParseCache::State& cache = world_.cache.state();
  const ParseCache::State::Key key{renderable.file->source, renderable.name, &library_};
  return context_.origins == nullptr ? cache.get_shared(world_.sources, key) : cache.get(world_.sources, key);
}

Result<void> Engine::parse_all(const std::vector<Renderable>& templates, gotmpl::TemplateSet& set) {
  const ScopedTimer timer(world_.timers, "parse templates");
  for (const Renderable& renderable : templates) {
    const auto file = parsed(renderable);
    if (!file) {
      Diagnostic diagnostic = file.error();
      diagnostic.message = parse_error_text(diagnostic.message);
      return diagnostic;
    }
    set.add(**file);
    parsed_files_.push_back(*file);
  }
  return {};
}

Result<void> Engine::execute(const gotmpl::TemplateSet& set, const Renderable& renderable, TracedText& text) {
  const Value about = heap_.map(Type::values);
  about.as_map()->set("Name", heap_.string(renderable.name));
  about.as_map()->set("BasePath", heap_.string(renderable.base_path));
  renderable.values.as_map()->set("Template", about);
  if (context_.origins == nullptr) heap_.begin_work();
  if (const auto failed = executor_.execute(set, renderable.name, renderable.values, text)) {
    Diagnostic diagnostic = error(exec_error_text(*failed, context_.helm3), failed->span);
    for (auto link = failed; link != nullptr; link = link->inner) {
      if (link->kind == gotmpl::ExecError::Kind::execution) diagnostic.frames.push_back({link->context, link->span});
    }
    return diagnostic;
  }
  heap_.end_work();
  remove_no_value(text);
  return {};
}

/// Hands over the files since the last time, when they are enough to wake somebody for; of a long one, its documents.
void Engine::read_heads_ahead(std::vector<manifest::RenderedFile>& files) {
  if (world_.queue == nullptr) return;
  const std::size_t size = files.back().text.text.size();
  if (size >= long_file_bytes) {
    hand_over_files(std::span(files).subspan(unread_begin_, files.size() - 1 - unread_begin_));
    hand_over_documents(files.back());
  } else {
    unread_bytes_ += size;
    if (threads_for(unread_bytes_, 2) < 2) return;
    hand_over_files(std::span(files).subspan(unread_begin_));
  }
  unread_begin_ = files.size();
  unread_bytes_ = 0;
}

void Engine::hand_over_files(std::span<manifest::RenderedFile> files) {
  if (files.empty()) return;
  world_.queue->add([files, helm3 = context_.helm3, &limits = world_.limits] {
    for (manifest::RenderedFile& file : files) manifest::read_heads(file, helm3, limits);
  });
}

/// As many at a time as are enough to wake somebody for.
void Engine::hand_over_documents(manifest::RenderedFile& file) {
  const std::vector<std::string_view> documents = manifest::documents_to_read(file, context_.helm3);
  std::size_t begin = 0;
  std::size_t bytes = 0;
  for (std::size_t end = 1; end <= documents.size(); ++end) {
    bytes += documents[end - 1].size();
    if (end < documents.size() && threads_for(bytes, 2) < 2) continue;
    world_.queue->add([some = std::vector(documents.begin() + static_cast<std::ptrdiff_t>(begin),
                                          documents.begin() + static_cast<std::ptrdiff_t>(end)),
                       heads = std::span(file.heads).subspan(begin, end - begin), helm3 = context_.helm3,
                       &limits = world_.limits] { manifest::read_heads(some, heads, helm3, limits); });
    begin = end;
    bytes = 0;
  }
}

Result<std::vector<manifest::RenderedFile>> Engine::render(const std::vector<Renderable>& templates,
                                                           const SchemaChecks* checks) {
  gotmpl::TemplateSet set{std::string(root_name)};
  if (auto parsed = parse_all(templates, set); !parsed) return std::move(parsed).error();
  const ScopedTimer timer(world_.timers, "execute templates");
  assert(templates.empty() || is_all_in(heap_, templates.back().values));
  std::vector<manifest::RenderedFile> files;
  files.reserve(templates.size());  // others read them where they are
  const Draining draining(world_.queue);
  std::size_t bytes = 0;
  for (const Renderable& renderable : templates) {
    if (base_name(renderable.name).starts_with('_')) continue;
    // Their result, which the caller asks for, says why.
    if (checks != nullptr && checks->have_failed()) return error("the values are refused");
    manifest::RenderedFile& file = files.emplace_back(manifest::RenderedFile{renderable.name, {}, {}});
    if (auto done = execute(set, renderable, file.text); !done) return std::move(done).error();
    bytes += file.text.text.size();
    if (bytes > world_.limits.output_bytes) {
      throw LimitError(renderable.name + ": the output of all templates exceeds the limit of " +
                       std::to_string(world_.limits.output_bytes) + " bytes");
    }
    read_heads_ahead(files);
  }
  if (world_.queue != nullptr) world_.queue->finish();
  return files;
}

// As includeFun.
Value Engine::include(gotmpl::CallContext& context, std::string_view name, const Value& data) {
  std::uint32_t& active = included_names_[std::string(name)];
  if (active > world_.limits.include_depth) {
    throw gotmpl::FunctionError{"rendering template has a nested reference name: " + std::string(name) +
                                ": unable to execute template"};
  }
  ++active;
  TracedText out;
  const auto failed = executor_.execute(executor_.current_set(), name, data, out);
  --included_names_[std::string(name)];
  if (failed) throw gotmpl::FunctionError::of(failed);
  return context.heap.string(std::move(out));
}

const gotmpl::ParsedFile& Engine::parsed_text(std::string_view text) {
  if (const auto found = texts_.find(text); found != texts_.end()) return *found->second;
  auto file = gotmpl::parse_text(std::string(text), root_name, library_);
  if (!file) {
    throw gotmpl::FunctionError{"cannot parse template " + quote(text) + ": " + file.error().message};
  }
  const std::string_view own = (*file)->text();
  return *texts_.emplace(own, std::move(*file)).first->second;
}

std::vector<const gotmpl::ParsedFile*> Engine::parsed_texts() const {
  std::vector<const gotmpl::ParsedFile*> files;
  files.reserve(texts_.size());
  for (const auto& [text, file] : texts_) files.push_back(file.get());
  return files;
}

// As tplFun.
Value Engine::tpl(gotmpl::CallContext& context, const Value& text, const Value& data) {
  // Go ends only when its stack does, minutes later.
  if (tpl_depth_ >= most_nested_tpl) {
    throw LimitError("tpl is nested more than " + std::to_string(most_nested_tpl) + " levels deep");
  }
  const Nesting nesting(tpl_depth_);
  gotmpl::TemplateSet set = gotmpl::TemplateSet::clone(executor_.current_set());
  set.add(parsed_text(text.as_text()));
  TracedText out;
  if (const auto failed = executor_.execute(set, root_name, data, out, &text)) {
    throw gotmpl::FunctionError::wrapping("error during tpl function execution for " + quote(text.as_text()) + ": ",
                                          failed);
  }
  remove_no_value(out);
  return context.heap.string(std::move(out));
}

}  // namespace rhumb::render
