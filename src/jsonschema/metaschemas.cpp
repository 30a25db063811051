#include "jsonschema/metaschemas.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>

#include "jsonschema/compiler.h"
#include "jsonschema/failure.h"

namespace rhumb::jsonschema {
namespace {

/// A slot of a table that is filled by whoever comes first.
template <typename T>
struct Lazy {
  std::once_flag once;
  std::unique_ptr<T> value;

  template <typename Make>
  T& get(Make make) {
    std::call_once(once, [&] { value = make(); });
    return *value;
  }
};

struct ParsedDocument {
  Arena arena;
  const Node* node = nullptr;
};

const Node& parsed_text(std::size_t index) {
  static std::array<Lazy<ParsedDocument>, 19> documents;
  return *documents.at(index)
              .get([&] {
                auto made = std::make_unique<ParsedDocument>();
                made->node = parse_json(metaschema_texts()[index].text, made->arena);
                return made;
              })
              .node;
}

/// The metaschema of a draft with those of its vocabularies.
struct Metaschema {
  explicit Metaschema(const Draft& draft) : compiler(nullptr, limits, arena) {
    const std::string url(draft.url);
    whole = &compiler.compile(url);
    const std::string folder = url.substr(0, url.rfind('/') + 1);
    for (const std::string_view name : draft.vocabularies) {
      vocabularies.emplace(name, &compiler.compile(folder + "meta/" + std::string(name)));
    }
  }

  Limits limits;
  Arena arena;
  Compiler compiler;
  const Schema* whole = nullptr;
  std::map<std::string_view, const Schema*> vocabularies;
};

const Metaschema& metaschema(const Draft& draft) {
  static std::array<Lazy<Metaschema>, 5> compiled;
  const auto index = static_cast<std::size_t>(&draft - all_drafts().data());
  return compiled.at(index).get([&] { return std::make_unique<Metaschema>(draft); });
}

/// Whether texts lie below the path.
bool is_folder(std::string_view path) {
  const auto texts = metaschema_texts();
  return !path.empty() && !path.ends_with('/') && std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
    return text.path.size() > path.size() && text.path.starts_with(path) && text.path[path.size()] == '/';
  });
}

}  // namespace

const Node* metaschema_document(std::string_view url) {
  std::string_view path;
  for (const std::string_view site : {"http://json-schema.org/", "https://json-schema.org/"}) {
    if (url.starts_with(site)) path = url.substr(site.size());
  }
  if (path == "schema") return metaschema_document(latest_draft().url);
  const auto texts = metaschema_texts();
  const auto at = std::lower_bound(texts.begin(), texts.end(), path,
                                   [](const MetaschemaText& text, std::string_view b) { return text.path < b; });
  if (at != texts.end() && at->path == path) return &parsed_text(static_cast<std::size_t>(at - texts.begin()));
  if (is_folder(path)) throw Failure{"read metaschemas/" + std::string(path) + "/: is a directory"};
  return nullptr;
}

const Schema& dialect_schema(const Dialect& dialect, std::deque<Schema>& made) {
  const Metaschema& meta = metaschema(*dialect.draft);
  if (!dialect.vocabularies) return *meta.whole;
  Schema& schema = made.emplace_back();
  for (const std::string_view name : *dialect.vocabularies) schema.all_of.push_back(meta.vocabularies.at(name));
  schema.draft = dialect.draft->version;
  schema.resource = &schema;
  if (schema.draft >= 2020) {
    schema.dynamic_anchor = "meta";
    schema.dynamic_anchors.push_back({"meta", &schema});
  }
  return schema;
}

}  // namespace rhumb::jsonschema
