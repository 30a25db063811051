#include "render/parse_cache.h"

#include <functional>
#include <utility>

#include "rhumb/funcs/library.h"

namespace rhumb::render {
namespace {

/// What a text is called while nobody knows its name. No define is called like this.
constexpr std::string_view nameless = "\xFF a text before it has a name \xFF";

}  // namespace

std::size_t ParseCache::State::Hash::sample(std::string_view text) {
  constexpr std::size_t part = 64;
  std::size_t sum = text.size();
  if (text.size() <= 3 * part) return sum * 31 + std::hash<std::string_view>()(text);
  for (const std::size_t at : {std::size_t{0}, text.size() / 2, text.size() - part}) {
    sum = sum * 31 + std::hash<std::string_view>()(text.substr(at, part));
  }
  return sum;
}

ParseCache::ParseCache() : state_(std::make_unique<State>()) {}
ParseCache::~ParseCache() = default;

const gotmpl::ParsedFile* ParseCache::State::find(const Files& files, const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = files.find(key);
  return found == files.end() ? nullptr : found->second.get();
}

Result<const gotmpl::ParsedFile*> ParseCache::State::parse_as(Files& files, const Sources& sources, const Key& key) {
  auto file = gotmpl::parse(sources, key.file, key.name, *key.library);
  if (!file) return std::move(file).error();
  const std::lock_guard lock(mutex_);
  return files.emplace(key, std::move(*file)).first->second.get();  // or what another thread was faster with
}

Result<const gotmpl::ParsedFile*> ParseCache::State::get(const Sources& sources, const Key& key) {
  if (const gotmpl::ParsedFile* const known = find(files_, key)) return known;
  return parse_as(files_, sources, key);
}

Result<const gotmpl::ParsedFile*> ParseCache::State::get_shared(const Sources& sources, const Key& key) {
  for (const Files* const files : {&shared_, &files_}) {
    if (const gotmpl::ParsedFile* const known = find(*files, key)) return known;
  }
  prepare(sources, key.file, *key.library);
  Text text = find_text({key.file, key.library});
  if (text == nullptr) return parse_as(shared_, sources, key);  // an error needs the name
  File file = gotmpl::named(std::move(text), key.name, key.file);
  if (file == nullptr) return parse_as(shared_, sources, key);
  const std::lock_guard lock(mutex_);
  return shared_.emplace(key, std::move(file)).first->second.get();
}

bool ParseCache::State::begin(const OfLibrary<FileId>& file) {
  const std::lock_guard lock(mutex_);
  return begun_.insert(file).second;
}

bool ParseCache::State::has_begun(FileId file, const gotmpl::Library& library) {
  const std::lock_guard lock(mutex_);
  return begun_.contains({file, &library});
}

ParseCache::State::Text ParseCache::State::find_text(const OfLibrary<FileId>& file) {
  const std::lock_guard lock(mutex_);
  const auto found = texts_.find(file);
  return found == texts_.end() ? nullptr : found->second;
}

/// Null where it does not parse.
ParseCache::State::Text ParseCache::State::parse_text_of(const Sources& sources, const OfLibrary<FileId>& file) {
  const OfLibrary<std::string_view> same{sources.get(file.name).text(), file.library};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = same_texts_.find(same); found != same_texts_.end()) return found->second;
  }
  auto parsed = gotmpl::parse(sources, file.name, nameless, *file.library);
  if (!parsed) return nullptr;
  const std::lock_guard lock(mutex_);
  return same_texts_.emplace(same, std::move(*parsed)).first->second;
}

void ParseCache::State::prepare(const Sources& sources, FileId file, const gotmpl::Library& library) {
  const OfLibrary<FileId> key{file, &library};
  if (!begin(key)) return;
  Text text = parse_text_of(sources, key);
  const std::lock_guard lock(mutex_);
  texts_.emplace(key, std::move(text));
}

bool is_template_path(std::string_view name) { return chart::path_in_own_chart(name).starts_with("templates/"); }

void ParseAhead::add(std::vector<FileId> files) {
  queue_.add(
      [&state = cache_.state(), &sources = sources_, files = std::move(files), &library = funcs::library(helm3_)] {
        for (const FileId file : files) state.prepare(sources, file, library);
      });
}

void ParseAhead::offer(const chart::File& file) {
  if (!is_template_path(file.name) || cache_.state().has_begun(file.source, funcs::library(helm3_))) return;
  bytes_ += file.data.size();
  waiting_.push_back(file.source);
  if (threads_for(bytes_, 2) < 2) return;
  add(std::exchange(waiting_, {}));
  bytes_ = 0;
}

}  // namespace rhumb::render
