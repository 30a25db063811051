#include "lint/support/object_credentials.h"

#include <algorithm>

#include "lint/locate.h"
#include "lint/support/written.h"
#include "lint/text_place.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {
namespace {

class Walk {
 public:
  explicit Walk(const Object& object) : object_(object) {}

  std::vector<ObjectCredential> all() {
    // Schemas describe fields, they hold nothing.
    if (object_.kind == "CustomResourceDefinition") return {};
    walk_map(object_.root);
    return std::move(found_);
  }

 private:
  void add(Node node, std::string where, std::vector<Credential> credentials, bool in_base64 = false) {
    for (Credential& credential : credentials) found_.push_back({node, where, std::move(credential), in_base64});
  }

  void walk(Node node) {
    check_stack("looking for credentials");
    if (node.is_map()) return walk_map(node);
    if (node.is_list()) return walk_list(node);
    if (node.is_scalar()) {
      add(node, "the field " + std::string(node.key()), find_credentials(node.key(), node.scalar_text(), Sink::field));
    }
  }

  bool is_top_data(Node node) const {
    return node.parent() == object_.root && (node.key() == "data" || node.key() == "stringData");
  }

  void walk_map(Node map) {
    if (map["name"].is_string() && map["value"].is_scalar()) read_pair(map);
    for (const Node entry : map) {
      const std::string_view key = entry.key();
      const bool is_secret = object_.kind == "Secret" && object_.group.empty();
      if (is_secret && is_top_data(entry)) {
        read_secret(entry, key == "data");
      } else if (object_.kind == "ConfigMap" && is_top_data(entry)) {
        read_config(entry);
      } else if (key == "annotations") {
        read_annotations(entry);
      } else if ((key == "command" || key == "args") && entry.is_list()) {
        read_arguments(entry);
      } else if (!is_passed_over(entry)) {
        walk(entry);
      }
    }
  }

  /// What holds names and sums only, what was encrypted, and what was looked at already.
  bool is_passed_over(Node entry) const {
    const std::string_view key = entry.key();
    if (key == "value" && entry.parent()["name"].is_string()) return true;
    if (key == "secretKey" && object_.group == "external-secrets.io") return true;
    return key == "labels" || key == "matchLabels" || key == "selector" || key == "valueFrom" ||
           key == "encryptedData" || key == "binaryData" || key == "caBundle";
  }

  void walk_list(Node list) {
    for (const Node item : list) {
      if (item.is_scalar()) {
        add(item, "an item of " + std::string(list.key()),
            find_credentials(list.key(), item.scalar_text(), Sink::field));
      } else {
        walk(item);
      }
    }
  }

  void read_pair(Node pair) {
    const std::string name(pair["name"].text());
    const bool is_env = pair.parent().key() == "env";
    add(pair["value"], (is_env ? "the environment variable " : "the value of ") + name,
        find_credentials(name, pair["value"].scalar_text(), Sink::assignment));
  }

  void read_secret(Node data, bool in_base64) {
    const std::string_view type = object_.root["type"].text();
    if (!data.is_map() || type == "helm.sh/release.v1") return;
    for (const Node entry : data) {
      std::string value(entry.scalar_text());
      if (in_base64) value = decode_base64(value).value_or("");
      add(entry, "the Secret", find_credentials(entry.key(), value, Sink::secret), in_base64);
    }
  }

  void read_config(Node data) {
    if (!data.is_map()) return;
    for (const Node entry : data) {
      add(entry, "the ConfigMap", find_credentials(entry.key(), entry.scalar_text(), Sink::assignment));
    }
  }

  void read_annotations(Node annotations) {
    if (!annotations.is_map()) return;
    for (const Node entry : annotations) {
      const std::string_view key = entry.key();
      const std::string_view name = key.substr(key.rfind('/') + 1);
      const bool is_sum = strings::contains(key, "checksum") || strings::contains(key, "hash");
      add(entry, "the annotation " + std::string(key),
          find_credentials(is_sum ? "" : name, entry.scalar_text(), Sink::field));
    }
  }

  void read_arguments(Node list) {
    std::string_view before;
    for (const Node item : list) {
      const std::string_view text = item.scalar_text();
      add(item, list.key() == "args" ? "an argument" : "the command", find_credentials_in_argument(before, text));
      before = text;
    }
  }

  const Object& object_;
  std::vector<ObjectCredential> found_;
};

bool holds(Node node, std::string_view text) {
  check_stack("looking for credentials");
  if (node.is_scalar()) return strings::contains(node.scalar_text(), text);
  return std::any_of(node.children().begin(), node.children().end(),
                     [&](const yaml::TreeNode& child) { return holds(Node(&child), text); });
}

bool is_in_files(const Run& run, std::string_view text) {
  if (text.empty()) return false;
  if (run.chart != nullptr) {
    for (const chart::File& file : run.chart->raw) {
      if (strings::contains(file.data, text)) return true;
    }
  }
  return std::any_of(run.values_files.begin(), run.values_files.end(),
                     [&](const ValuesFile& file) { return file.tree != nullptr && holds(file.tree->root(), text); });
}

bool is_in_configuration(const Environment& environment, std::string_view text) {
  const auto has = [&](const std::string& flag) { return strings::contains(flag, text); };
  return std::any_of(environment.set.begin(), environment.set.end(), has) ||
         std::any_of(environment.set_string.begin(), environment.set_string.end(), has);
}

render::Cause cause_of(const Run& run, const Object& object, Node node) {
  return render::explain(*run.rendering, object.file, object.offset + node.node()->begin,
                         object.offset + node.node()->end);
}

std::vector<render::ValueCause> explain_bytes(const Run& run, const Object& object, std::size_t begin,
                                              std::size_t size) {
  return render::explain(*run.rendering, object.file, begin, begin + size).values;
}

bool is_from_file(const render::ValueCause& value) {
  return !value.layers.empty() && value.layers.front().kind == render::ValueLayer::Kind::file;
}

}  // namespace

std::vector<ObjectCredential> credentials_of(const Object& object) { return Walk(object).all(); }

bool is_written_down(const Run& run, const Object& object, const ObjectCredential& found) {
  if (run.rendering == nullptr) return true;
  const std::string_view text = longest_line(found.credential.text);
  if (is_in_configuration(*run.environment, text)) return true;
  const render::Cause cause = cause_of(run, object, found.node);
  const bool has_file_value = std::any_of(cause.values.begin(), cause.values.end(), is_from_file);
  if (!cause.values.empty() && !has_file_value) return false;
  if (is_in_files(run, text)) return true;
  if (found.in_base64 && is_in_files(run, longest_line(found.node.scalar_text()))) return true;
  // Made of values in a way that always gives the same. Keys and hashes are made at random.
  const std::string_view what = found.credential.what;
  const bool may_be_made = what.starts_with("a private key") || what.starts_with("the hash");
  return has_file_value && !run.is_random && !may_be_made;
}

Span value_behind(const Run& run, const Object& object, const ObjectCredential& found) {
  if (run.rendering == nullptr) return {};
  const Sources& sources = run.rendering->sources();
  const Credential& credential = found.credential;
  if (!found.in_base64) {
    // The same text may come from several values: the one that wrote these very bytes is meant.
    const auto part = find_written(written_text(run, object, found.node), found.node.scalar_text(),
                                   {credential.begin, credential.size});
    const std::size_t begin = object.offset + found.node.node()->begin + (part ? part->begin : 0);
    const auto own = part ? find_text(sources, explain_bytes(run, object, begin, part->size), credential.text)
                          : std::optional<TextPlace>();
    if (own) return own->span;
  }
  const render::Cause cause = cause_of(run, object, found.node);
  auto place = find_text(sources, cause.values, credential.text);
  if (!place && found.in_base64) place = find_text(sources, cause.values, found.node.scalar_text());
  return place ? place->span : Span{};
}

void CredentialReports::add(const Object& object, const ObjectCredential& found, std::string message) {
  const Span place = value_behind(context_.run(), object, found);
  const Key key{place.file, place.begin, found.credential.text};
  const auto known = by_value_.find(key);
  if (place.known() && known != by_value_.end()) {
    known->second.related(object, found.node, name_of(object).to_string() + " holds it, too");
    return;
  }
  const DraftRef draft = report(object, found, std::move(message));
  if (place.known()) by_value_.emplace(key, draft);
}

DraftRef CredentialReports::report(const Object& object, const ObjectCredential& found, std::string message) {
  const Credential& credential = found.credential;
  const Part part = found.in_base64 ? Part{} : Part{credential.begin, credential.size};
  DraftRef draft = report_part(context_, object, found.node, part, std::move(message));
  return draft.credential(credential.text).key(credential.what);
}

}  // namespace rhumb::lint
