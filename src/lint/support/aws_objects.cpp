// The list `objects` of a SecretProviderClass, as the AWS provider reads it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "lint/support/jmespath.h"
#include "lint/support/provider_class.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint {
namespace {

constexpr auto entry_keys = std::to_array<std::string_view>({"objectName", "objectType", "objectAlias", "objectVersion",
                                                             "objectVersionLabel", "objectEncoding", "jmesPath",
                                                             "failoverObject", "filePermission", "objectTemplate"});

/// As encoding/json finds a field: in any case.
Node field(Node map, std::string_view name) {
  if (const Node exact = map[name]) return exact;
  for (const Node entry : map) {
    if (strings::equal_fold(entry.key(), name)) return entry;
  }
  return {};
}

/// How a name of an object becomes the name of a file: the character for slashes, none to keep them.
std::string translation_of(Node parameters) {
  const std::string_view given = parameters["pathTranslation"].scalar_text();
  if (given.empty()) return "_";
  return strings::equal_fold(given, "false") ? std::string() : std::string(given);
}

std::string file_name(std::string_view name, const std::string& translation) {
  if (!translation.empty()) return strings::replace(name, "/", translation);
  return std::string(strings::trim_left(name, "/"));
}

bool is_digits(std::string_view text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// What objectType and ARNs call the two services.
enum class Store : std::uint8_t { none, secrets_manager, parameters };

Store store_of(std::string_view service) {
  if (service == "secretsmanager") return Store::secrets_manager;
  return service == "ssm" || service == "ssmparameter" ? Store::parameters : Store::none;
}

struct Name {
  std::string_view text;
  std::string kind;
};

class AwsCheck {
 public:
  AwsCheck(const Object& object, const ProviderDemands& demands)
      : object_(object), demands_(demands), parameters_(object.spec()["parameters"]) {}

  std::vector<ProviderFault> check() {
    if (!parameters_.is_map()) {
      add(object_.spec(), "parameters", "there are no parameters: nothing would be fetched");
      return std::move(faults_);
    }
    for (const Node parameter : parameters_) check_text(parameter);
    check_options();
    const Node objects = parameters_["objects"];
    if (!objects.is_string() || strings::trim_space(objects.text()).empty()) {
      if (objects.is_null() || objects.is_string()) {
        add(parameters_, objects.is_null() ? "objects" : "", "no object is listed: nothing would be fetched");
      }
      return std::move(faults_);
    }
    check_objects(objects);
    check_regions();
    return std::move(faults_);
  }

 private:
  void add(Node node, std::string_view missing, std::string message) {
    faults_.push_back({node, {}, std::string(missing), std::move(message)});
  }

  /// In the list, which is YAML within a text: the node's own line.
  void add_within(Node node, std::string message) {
    const yaml::TreeNode& at = *node.node();
    const std::string_view text = parameters_["objects"].text();
    std::size_t begin = at.begin;
    std::size_t end = std::min<std::size_t>(at.end, text.size());
    if (begin >= end && at.key_end > at.key_begin) {
      begin = at.key_begin;
      end = at.key_end;
    }
    end = std::min(end, text.find('\n', begin));
    faults_.push_back({parameters_["objects"], {begin, end - begin}, "", std::move(message)});
  }

  void check_text(Node parameter) {
    if (parameter.is_string()) return;
    if (parameter.is_list() && parameter.key() == "objects") {
      return add(parameter, "", "objects must be a text that holds a list (`objects: |`), not a list");
    }
    if (parameter.is_null() && parameter.key() == "objects") return;
    add(parameter, "", fmt::format("{} must be a text: put it into quotes", parameter.key()));
  }

  void check_options() {
    const Node translation = parameters_["pathTranslation"];
    if (const std::string_view text = translation.scalar_text();
        !text.empty() && text.size() != 1 && !strings::equal_fold(text, "false")) {
      add(translation, "", "pathTranslation is one character, or \"False\"");
    }
    const Node address = parameters_["preferredAddressType"];
    const std::string lower = strings::to_lower(address.scalar_text());
    if (!lower.empty() && lower != "ipv4" && lower != "ipv6" && lower != "auto") {
      add(address, "", "preferredAddressType is ipv4, ipv6 or auto; anything else counts as auto");
    }
    const Node identity = parameters_["usePodIdentity"];
    constexpr auto booleans = std::to_array<std::string_view>(
        {"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"});
    if (identity.is_string() && !identity.text().empty() &&
        std::find(booleans.begin(), booleans.end(), identity.text()) == booleans.end()) {
      add(identity, "", "usePodIdentity is \"true\" or \"false\"");
    }
    const Node failover = parameters_["failoverRegion"];
    if (!failover.scalar_text().empty() && failover.scalar_text() == parameters_["region"].scalar_text()) {
      add(failover, "", "failoverRegion is the region itself");
    }
  }

  void check_objects(Node objects) {
    tree_ = yaml::Tree::read(objects.text());
    if (!*tree_) return add(objects, "", "objects is no YAML: " + tree_->error().message);
    const Node root = (*tree_)->root();
    if (root.is_map() && root["array"]) {
      return add(objects, "", "`array:` is how the Azure provider takes its objects; the AWS provider takes a list");
    }
    if (!root.is_list()) return add(objects, "", "objects is no list");
    if (root.empty()) return add(objects, "", "no object is listed: nothing would be fetched");
    for (const Node entry : root) check_entry(entry);
  }

  void check_entry(Node entry) {
    if (!entry.is_map()) return add_within(entry, "an entry of objects is a map with objectName");
    for (const Node each : entry) check_key(each);
    const Node name = field(entry, "objectName");
    if (name.scalar_text().empty()) return add_within(name ? name : entry, "an entry of objects has no objectName");
    check_name(entry, name, false);
    check_versions(entry);
    check_permission(field(entry, "filePermission"));
    claim(name, "objectName");
    const Node alias = field(entry, "objectAlias");
    if (!alias.scalar_text().empty()) claim(alias, "objectAlias");
    if (const std::string file =
            file_name((alias.scalar_text().empty() ? name : alias).scalar_text(), translation_of(parameters_));
        ("/" + file + "/").find("/../") != std::string::npos) {
      add_within(alias ? alias : name, fmt::format("the file name {} leads out of the volume", file));
    }
    check_failover(entry, alias);
    check_jmes(field(entry, "jmesPath"));
  }

  /// A key that is nearly one that is known does nothing, without a word.
  void check_key(Node entry) {
    const std::string_view key = entry.key();
    const bool is_known = std::any_of(entry_keys.begin(), entry_keys.end(),
                                      [&](std::string_view known) { return strings::equal_fold(known, key); });
    const std::string_view near = is_known ? std::string_view() : nearest(key, entry_keys);
    if (near.empty()) return;
    const yaml::TreeNode& at = *entry.node();
    faults_.push_back({parameters_["objects"],
                       {at.key_begin, at.key_end - at.key_begin},
                       "",
                       fmt::format("{} is not known and does nothing; {} is", key, near)});
  }

  void check_name(Node entry, Node name, bool is_failover) {
    const std::string_view text = name.scalar_text();
    const Node type = field(entry, "objectType");
    const Store asked = store_of(type.scalar_text());
    if (!type.scalar_text().empty() && (asked == Store::none || type.scalar_text() == "ssm")) {
      return add_within(
          type, fmt::format("objectType {} is not known; it is secretsmanager or ssmparameter", type.scalar_text()));
    }
    if (demands_.arns_only && asked == Store::parameters) {
      return add_within(type, "a parameter of Systems Manager is no secret of Secrets Manager");
    }
    if (!text.starts_with("arn:")) {
      if (demands_.arns_only) {
        return add_within(name, fmt::format("\"{}\" is no ARN of a secret in Secrets Manager", text));
      }
      if (type.scalar_text().empty()) {
        add_within(name, fmt::format("\"{}\" is no ARN, so objectType must say where it is", text));
      }
      return;
    }
    const auto arn = read_arn(text);
    if (const std::string fault = arn ? arn_fault(*arn, asked) : "it has too few parts"; !fault.empty()) {
      return add_within(name, fmt::format("\"{}\" is no ARN of a secret: {}", text, fault));
    }
    if (!is_failover) arns_.push_back({name, *arn});
    if (is_failover && arn->region != parameters_["failoverRegion"].scalar_text()) {
      add_within(name, fmt::format("the secret is in {}, failoverRegion says {}", arn->region,
                                   parameters_["failoverRegion"].scalar_text()));
    }
  }

  std::string arn_fault(const Arn& arn, Store asked) const {
    const Store store = store_of(arn.service);
    if (store == Store::none) return fmt::format("its service is \"{}\"", arn.service);
    if (asked != Store::none && asked != store)
      return fmt::format("objectType says otherwise than \"{}\"", arn.service);
    if (demands_.arns_only && store != Store::secrets_manager) return "it is one of Systems Manager";
    if (!arn.partition.starts_with("aws")) return fmt::format("its partition is \"{}\"", arn.partition);
    if (arn.region.empty()) return "it has no region";
    if (!is_digits(arn.account, 12)) return fmt::format("its account is \"{}\", not twelve digits", arn.account);
    const std::string_view kind = store == Store::secrets_manager ? "secret:" : "parameter/";
    if (!arn.resource.starts_with(kind) || arn.resource.size() == kind.size()) {
      return fmt::format("its resource is \"{}\", not {}...", arn.resource, kind);
    }
    return {};
  }

  void check_versions(Node entry) {
    const auto arn = read_arn(field(entry, "objectName").scalar_text());
    const Store store = store_of(arn ? arn->service : field(entry, "objectType").scalar_text());
    const Node label = field(entry, "objectVersionLabel");
    if (store == Store::parameters && !field(entry, "objectVersion").scalar_text().empty() &&
        !label.scalar_text().empty()) {
      add_within(label, "a parameter takes objectVersion or objectVersionLabel, not both");
    }
  }

  void check_permission(Node permission) {
    const std::string_view text = permission.scalar_text();
    if (!text.empty() && !(text.size() == 4 && text.find_first_not_of("01234567") == std::string_view::npos)) {
      add_within(permission, "filePermission is four octal digits, \"0644\"");
    }
  }

  void check_failover(Node entry, Node alias) {
    const Node failover = field(entry, "failoverObject");
    const Node name = field(failover, "objectName");
    if (name.scalar_text().empty()) return;
    if (alias.scalar_text().empty()) add_within(name, "an object with a failover needs an objectAlias");
    if (parameters_["failoverRegion"].scalar_text().empty()) {
      return add_within(name, "a failover needs failoverRegion in the parameters");
    }
    check_name(entry, name, true);
  }

  void check_jmes(Node list) {
    if (list.is_null()) return;
    if (!list.is_list()) return add_within(list, "jmesPath is a list of path and objectAlias");
    for (const Node item : list) {
      const Node path = field(item, "path");
      const Node alias = field(item, "objectAlias");
      if (!item.is_map() || path.scalar_text().empty()) {
        add_within(item, "an entry of jmesPath has no path");
      } else if (const std::string fault = jmespath_fault(path.scalar_text()); !fault.empty()) {
        add_within(path, fmt::format("\"{}\" is no JMESPath: {}", path.scalar_text(), fault));
      }
      if (alias.scalar_text().empty()) {
        add_within(item, "an entry of jmesPath has no objectAlias");
      } else {
        claim(alias, "objectAlias");
      }
    }
  }

  /// Names and aliases of all entries are one set.
  void claim(Node node, std::string_view what) {
    const std::string name(node.scalar_text());
    if (!names_.try_emplace(name, node).second) {
      add_within(node, fmt::format("{} {} stands in the list already", what, name));
    }
  }

  void check_regions() {
    if (arns_.empty()) return;
    const Node node = parameters_["region"];
    const std::string_view own = node.scalar_text();
    const std::string_view wanted = own.empty() ? std::string_view(demands_.region) : own;
    const std::string_view first = arns_.front().second.region;
    const bool agree =
        std::all_of(arns_.begin(), arns_.end(), [&](const auto& entry) { return entry.second.region == first; });
    if (!own.empty() && agree && first != own && (arns_.size() > 1 || first == demands_.region)) {
      // One fault: all secrets are where they are.
      add(node, "", fmt::format("the region is {}, the secrets are in {}", own, first));
    } else {
      if (!own.empty() && !demands_.region.empty() && own != demands_.region) {
        add(node, "", fmt::format("the region is {}, that of the environment is {}", own, demands_.region));
      }
      for (const auto& [name, arn] : arns_) {
        if (wanted.empty() || arn.region == wanted) continue;
        add_within(name, fmt::format("the secret is in {}, not in {}", arn.region, wanted));
      }
    }
    for (const auto& [name, arn] : arns_) {
      if (demands_.account.empty() || arn.account == demands_.account) continue;
      add_within(name,
                 fmt::format("the secret is of the account {}, the environment is {}", arn.account, demands_.account));
    }
  }

  const Object& object_;
  const ProviderDemands& demands_;
  Node parameters_;
  std::optional<Result<yaml::Tree>> tree_;
  std::vector<ProviderFault> faults_;
  std::map<std::string, Node> names_;
  std::vector<std::pair<Node, Arn>> arns_;
};

}  // namespace

std::vector<ProviderFault> aws_faults(const Object& provider_class, const ProviderDemands& demands) {
  return AwsCheck(provider_class, demands).check();
}

MountedFiles mounted_files(const Object& provider_class) {
  MountedFiles files;
  const Node parameters = provider_class.spec()["parameters"];
  if (provider_class.spec()["provider"].text() != "aws") return files;
  const auto tree = yaml::Tree::read(parameters["objects"].text());
  if (!tree || !tree->root().is_list() || tree->root().empty()) return files;
  const std::string translation = translation_of(parameters);
  for (const Node entry : tree->root()) {
    const Node alias = field(entry, "objectAlias");
    const std::string_view name = (alias.scalar_text().empty() ? field(entry, "objectName") : alias).scalar_text();
    if (name.empty()) return {};
    files.names.push_back(file_name(name, translation));
    for (const Node item : field(entry, "jmesPath")) {
      files.names.push_back(file_name(field(item, "objectAlias").scalar_text(), translation));
    }
  }
  files.known = true;
  return files;
}

}  // namespace rhumb::lint
