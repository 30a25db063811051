#include "lint/support/dependency_lock.h"

#include <algorithm>

#include "rhumb/funcs/digest.h"
#include "rhumb/yaml/json.h"

namespace rhumb::lint {
namespace {

using Dependencies = std::vector<std::shared_ptr<chart::Dependency>>;

/// The JSON of Helm's structs: fields in the order of the struct, and none that is empty but name and repository.
class DependencyJson {
 public:
  std::string take() && { return std::move(out_); }
  void raw(std::string_view text) { out_ += text; }

  void requested(const chart::Metadata& metadata) {
    if (metadata.dependencies) {
      list(*metadata.dependencies);
    } else {
      out_ += "null";
    }
  }

  void list(const Dependencies& dependencies) {
    out_ += '[';
    for (const auto& dependency : dependencies) {
      if (out_.back() != '[') out_ += ',';
      if (dependency == nullptr) {
        out_ += "null";
      } else {
        entry(*dependency);
      }
    }
    out_ += ']';
  }

 private:
  void entry(const chart::Dependency& dependency) {
    out_ += '{';
    text("name", dependency.name);
    some_text("version", dependency.version);
    text("repository", dependency.repository);
    some_text("condition", dependency.condition);
    tags(dependency.tags);
    if (dependency.enabled) {
      key("enabled");
      out_ += "true";
    }
    import_values(dependency.import_values);
    some_text("alias", dependency.alias);
    out_ += '}';
  }

  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    yaml::append_json_string(out_, name);
    out_ += ':';
  }

  void text(std::string_view name, std::string_view value) {
    key(name);
    yaml::append_json_string(out_, value);
  }

  void some_text(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }

  void tags(const std::vector<std::string>& tags) {
    if (tags.empty()) return;
    key("tags");
    out_ += '[';
    for (const std::string& tag : tags) {
      if (out_.back() != '[') out_ += ',';
      yaml::append_json_string(out_, tag);
    }
    out_ += ']';
  }

  void import_values(const std::vector<Value>& values) {
    if (values.empty()) return;
    key("import-values");
    out_ += '[';
    for (const Value& value : values) {
      if (out_.back() != '[') out_ += ',';
      const Result<std::string> text = yaml::write_json(value);
      out_ += text ? *text : "null";
    }
    out_ += ']';
  }

  std::string out_;
};

std::string digest_of(std::string_view text) { return "sha256:" + funcs::hexadecimal(funcs::sha256_digest(text)); }

/// As resolver.HashV2Req.
std::string helm2_digest(const chart::Metadata& metadata) {
  DependencyJson json;
  json.raw(R"({"dependencies":)");
  json.requested(metadata);
  json.raw("}");
  return digest_of(std::move(json).take());
}

bool is_named_by_user(const chart::Dependency* dependency) {
  return dependency != nullptr &&
         (dependency->repository.starts_with('@') || dependency->repository.starts_with("alias:"));
}

}  // namespace

std::string lock_digest(const chart::Metadata& metadata, const chart::Lock& lock) {
  DependencyJson json;
  json.raw("[");
  json.requested(metadata);
  json.raw(",");
  json.list(lock.dependencies);
  json.raw("]");
  return digest_of(std::move(json).take());
}

LockState lock_state(const chart::Metadata& metadata, const chart::Lock& lock) {
  if (lock_digest(metadata, lock) == lock.digest) return LockState::in_step;
  if (metadata.api_version == "v1" && helm2_digest(metadata) == lock.digest) return LockState::in_step;
  // Whether the list is empty or not there is part of the digest, and not of the struct.
  if (lock.dependencies.empty()) return LockState::unknown;
  const bool is_open =
      metadata.dependencies && std::any_of(metadata.dependencies->begin(), metadata.dependencies->end(),
                                           [](const auto& entry) { return is_named_by_user(entry.get()); });
  return is_open ? LockState::unknown : LockState::out_of_step;
}

}  // namespace rhumb::lint
