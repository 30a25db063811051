#include "lint/support/aws.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strings::contains("+=,.@_-", {&c, 1});
}

std::string resource_fault(std::string_view resource) {
  constexpr std::size_t longest_name = 64;
  constexpr std::size_t longest_path = 512;
  if (!resource.starts_with("role/")) {
    return fmt::format("\"{}\" is no role", resource.substr(0, resource.find('/')));
  }
  const std::vector<std::string_view> parts = strings::split(resource.substr(5), "/");
  const bool is_plain = std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_name_character);
  });
  if (!is_plain) return fmt::format("\"{}\" is no name of a role", resource.substr(5));
  if (parts.back().size() > longest_name)
    return fmt::format("the name has {} characters, 64 are allowed", parts.back().size());
  if (resource.size() > longest_path + longest_name) return "the path of the role is too long";
  return {};
}

/// A variable of a container with a value that is known.
struct Variable {
  std::string_view name;
  std::string_view value;
  const Object* object = nullptr;
  Node node;
};

class Variables {
 public:
  Variables(const Context& context, const Workload& workload) : context_(context), workload_(workload) {
    for (const Container& container : workload.containers) {
      add_env(container.node["env"]);
      add_env_from(container.node["envFrom"]);
    }
  }

  const std::vector<Variable>& all() const { return all_; }

 private:
  const Object* config_map(Node name) const {
    return context_.objects().find("", "ConfigMap", workload_.namespace_(), name.scalar_text());
  }

  void add_env(Node list) {
    if (!list.is_list()) return;
    for (const Node entry : list) {
      const std::string_view name = entry["name"].scalar_text();
      const Node reference = entry["valueFrom"]["configMapKeyRef"];
      const Object* const map = config_map(reference["name"]);
      if (map != nullptr) {
        const Node value = map->root["data"][reference["key"].scalar_text()];
        all_.push_back({name, value.scalar_text(), map, value});
      } else {
        all_.push_back({name, entry["value"].scalar_text(), workload_.object, entry});
      }
    }
  }

  void add_env_from(Node list) {
    if (!list.is_list()) return;
    for (const Node entry : list) {
      const Object* const map = config_map(entry["configMapRef"]["name"]);
      if (map == nullptr || !map->root["data"].is_map()) continue;
      for (const Node value : map->root["data"]) all_.push_back({value.key(), value.scalar_text(), map, value});
    }
  }

  const Context& context_;
  const Workload& workload_;
  std::vector<Variable> all_;
};

/// Something else than AWS is spoken to, or with keys of its own.
bool is_elsewhere(const Variable& variable) {
  if (variable.name == "AWS_ACCESS_KEY_ID") return true;
  const bool is_endpoint = strings::contains(variable.name, "ENDPOINT") &&
                           (strings::contains(variable.name, "S3") || strings::contains(variable.name, "AWS"));
  return is_endpoint && !strings::contains(variable.value, "amazonaws.com");
}

bool speaks_of_aws(const Variable& variable) {
  if (variable.value.empty()) return false;
  if (strings::contains(variable.name, "S3_BUCKET") || variable.name == "AWS_STORAGE_BUCKET_NAME") return true;
  if (variable.value.starts_with("s3://") || variable.value.starts_with("arn:aws")) return true;
  return variable.value.starts_with("https://sqs.") && strings::contains(variable.value, ".amazonaws.com");
}

}  // namespace

std::string role_arn_fault(std::string_view arn) {
  const std::vector<std::string_view> parts = strings::split_n(arn, ":", 6);
  if (parts.size() != 6 || parts[0] != "arn") return "it is no ARN: arn:aws:iam::<account>:role/<name>";
  const bool is_partition =
      parts[1] == "aws" || (parts[1].starts_with("aws-") && parts[1].size() > 4 && parts[1].back() != '-');
  if (!is_partition) return fmt::format("\"{}\" is no partition of AWS", parts[1]);
  if (parts[2] != "iam") return fmt::format("\"{}\" is not iam", parts[2]);
  if (!parts[3].empty()) return "IAM has no regions";
  if (parts[4].size() != 12 || !std::all_of(parts[4].begin(), parts[4].end(), is_digit)) {
    return fmt::format("\"{}\" is no account of twelve digits", parts[4]);
  }
  return resource_fault(parts[5]);
}

std::optional<AwsUse> aws_use(const Context& context, const Workload& workload) {
  for (const manifest::Reference& reference : manifest::references(workload)) {
    if (reference.kind != "SecretProviderClass") continue;
    const Object* const provider =
        context.objects().find("secrets-store.csi.x-k8s.io", reference.kind, workload.namespace_(), reference.name);
    if (provider == nullptr || provider->spec()["provider"].text() != "aws") continue;
    if (provider->spec()["parameters"]["usePodIdentity"].scalar_text() == "true") continue;
    return AwsUse{"SecretProviderClass/" + std::string(reference.name), workload.object, reference.node};
  }
  const Variables variables(context, workload);
  if (std::any_of(variables.all().begin(), variables.all().end(), is_elsewhere)) return {};
  const auto found = std::find_if(variables.all().begin(), variables.all().end(), speaks_of_aws);
  if (found == variables.all().end()) return {};
  return AwsUse{std::string(found->name), found->object, found->node};
}

}  // namespace rhumb::lint
