#include "jsonschema/loader.h"

#include <set>

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "jsonschema/metaschemas.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/url.h"

namespace rhumb::jsonschema {
namespace {

const Node& always_true() {
  static const Node node = [] {
    Node made;
    made.kind = NodeKind::boolean;
    made.boolean = true;
    return made;
  }();
  return node;
}

}  // namespace

const Node& Loader::load(const std::string& url) {
  const auto known = documents_.find(url);
  if (known != documents_.end()) return *known->second;
  const Node* document = metaschema_document(url);
  if (document == nullptr) {
    try {
      document = &load_elsewhere(url);
    } catch (Failure& failure) {
      throw Failure{"failing loading " + strings::quoted(url) + ": " + failure.message};
    }
  }
  documents_.emplace(url, document);
  return *document;
}

/// As SchemeURLLoader with the loaders of Helm.
const Node& Loader::load_elsewhere(const std::string& text) {
  std::string error;
  const auto url = parse_url(text, error);
  if (!url) throw Failure{error};
  if (url->scheme == "file" && context_ != nullptr) {
    return *parse_json(arena_.copy(read_file(url->path)), arena_);
  }
  if (url->scheme == "urn" && context_ != nullptr) {
    if (context_->warned_urns.insert(text).second) {
      context_->log.write(LogLevel::warn, "unresolved URN reference ignored; using permissive schema", {{"urn", text}});
    }
    return always_true();
  }
  if (url->scheme == "http" || url->scheme == "https") throw Failure{"rhumb never uses the network"};
  throw Failure{"no URLLoader registered for " + strings::quoted(url->text())};
}

std::string Loader::read_file(const std::string& path) const {
  const auto status = context_->files.status(path);
  if (status) {
    if (status->kind == FileKind::other) throw Failure{"open " + path + ": not a regular file"};
    if (status->size > context_->limits.chart_bytes) {
      throw LimitError("the schema " + path + " exceeds the limit of " + std::to_string(context_->limits.chart_bytes) +
                       " bytes");
    }
  }
  auto text = context_->files.read(path);
  if (!text) throw Failure{text.error().message};
  return *std::move(text);
}

const Draft& Loader::draft_of(const Node& schema, const Draft& fallback, const Place& place) {
  std::set<std::string> seen;
  // The URL of the document of which the schema is the whole.
  const std::string* own_url = place.parent == nullptr ? &place.root->url : nullptr;
  for (const Node* document = &schema;;) {
    const Node* const asked = document->is_object() ? document->find("$schema", NodeKind::string) : nullptr;
    if (asked == nullptr) return fallback;
    if (const Draft* draft = draft_of_url(asked->text)) return *draft;
    const std::string url(split_fragment(asked->text).first);
    std::string error;
    if (!parse_url(url, error)) {
      const std::string where = document == &schema ? location(place) : *own_url + "#";
      throw Failure{"invalid $schema in " + strings::quoted(where) + ": " + error};
    }
    if (own_url != nullptr && url == *own_url) throw Failure{"draft " + strings::quoted(url) + " is not supported"};
    const auto [entry, is_new] = seen.insert(url);
    if (!is_new) throw Failure{"cycle in resolving $schema in " + strings::quoted(url)};
    document = &load(url);
    own_url = &*entry;
  }
}

std::optional<std::vector<std::string_view>> Loader::vocabularies_of(const Node& schema, const Draft& draft) {
  const Node* const asked = schema.is_object() ? schema.find("$schema", NodeKind::string) : nullptr;
  if (asked == nullptr || draft_of_url(asked->text) != nullptr) return std::nullopt;
  const std::string url(split_fragment(asked->text).first);
  const Node& metaschema = load(url);
  if (!metaschema.is_object()) return std::nullopt;
  return required_vocabularies(draft, url, metaschema);
}

}  // namespace rhumb::jsonschema
