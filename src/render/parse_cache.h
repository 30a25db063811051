// What a ParseCache holds: files parsed for traced renderings, each with nodes of its own, and texts that the other
// renderings share under all the names that they have.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "rhumb/gotmpl/parser.h"
#include "rhumb/render/render.h"

namespace rhumb::render {

struct ParseCache::State {
  struct Key {
    FileId file;
    std::string name;
    const gotmpl::Library* library;
    bool operator==(const Key&) const = default;
  };

  /// The file under its name, parsed now if it was not before. Errors are those of gotmpl::parse.
  Result<const gotmpl::ParsedFile*> get(const Sources& sources, const Key& key);
  /// The same for renderings that are not traced: what was parsed once is not parsed again because it lies in another
  /// place.
  Result<const gotmpl::ParsedFile*> get_shared(const Sources& sources, const Key& key);
  /// Parses the text of a file for get_shared, unless somebody has begun to.
  void prepare(const Sources& sources, FileId file, const gotmpl::Library& library);
  /// Whether somebody has begun to.
  bool has_begun(FileId file, const gotmpl::Library& library);

 private:
  using File = std::unique_ptr<const gotmpl::ParsedFile>;
  using Text = std::shared_ptr<const gotmpl::ParsedFile>;
  template <typename Name>
  struct OfLibrary {
    Name name;
    const gotmpl::Library* library;
    bool operator==(const OfLibrary&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const { return std::hash<std::string>()(key.name) * 31 + key.file; }
    std::size_t operator()(const OfLibrary<FileId>& key) const {
      return std::hash<FileId>()(key.name) * 31 + std::hash<const void*>()(key.library);
    }
    std::size_t operator()(const OfLibrary<std::string_view>& key) const {
      return sample(key.name) * 31 + std::hash<const void*>()(key.library);
    }
    /// Of the size, the beginning, the middle and the end of a text: others like it are compared.
    static std::size_t sample(std::string_view text);
  };
  using Files = std::unordered_map<Key, File, Hash>;

  const gotmpl::ParsedFile* find(const Files& files, const Key& key);
  Result<const gotmpl::ParsedFile*> parse_as(Files& files, const Sources& sources, const Key& key);
  Text find_text(const OfLibrary<FileId>& file);
  bool begin(const OfLibrary<FileId>& file);
  Text parse_text_of(const Sources& sources, const OfLibrary<FileId>& file);

  std::mutex mutex_;
  Files files_;
  Files shared_;
  std::unordered_set<OfLibrary<FileId>, Hash> begun_;
  std::unordered_map<OfLibrary<FileId>, Text, Hash> texts_;
  std::unordered_map<OfLibrary<std::string_view>, Text, Hash> same_texts_;
};

/// Whether a file of a chart, or of a chart within it, is a template.
bool is_template_path(std::string_view name);

}  // namespace rhumb::render
