#include "lint/support/rbac.h"

#include <algorithm>

namespace rhumb::lint {
namespace {

constexpr std::string_view rbac_group = "rbac.authorization.k8s.io";
constexpr std::string_view account_groups = "system:serviceaccounts";

bool has(const std::vector<std::string>& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

std::vector<const Object*> of_kinds(Context& context, std::initializer_list<std::string_view> kinds) {
  std::vector<const Object*> all;
  for (const std::string_view kind : kinds) {
    for (const Object* object : context.of_kind(kind)) {
      if (object->group == rbac_group) all.push_back(object);
    }
  }
  return all;
}

/// The kind and name are one that roleRef names, in the namespace where it looks.
bool refers_to(const Object& binding, const Object& role) {
  const Node reference = binding.root["roleRef"];
  if (reference["kind"].text() != role.kind || reference["name"].scalar_text() != role.name) return false;
  return role.kind == "ClusterRole" || role.namespace_ == binding.namespace_;
}

}  // namespace

bool is_role(const Object& object) {
  return object.group == rbac_group && (object.kind == "Role" || object.kind == "ClusterRole");
}

bool is_binding(const Object& object) {
  return object.group == rbac_group && (object.kind == "RoleBinding" || object.kind == "ClusterRoleBinding");
}

std::vector<const Object*> roles(Context& context) { return of_kinds(context, {"Role", "ClusterRole"}); }

std::vector<const Object*> bindings(Context& context) {
  return of_kinds(context, {"RoleBinding", "ClusterRoleBinding"});
}

std::vector<PolicyRule> rules_of(const Object& role) {
  std::vector<PolicyRule> rules;
  // The controller writes the rules of an aggregated role, over whatever stands here.
  if (!is_role(role) || !role.root["aggregationRule"].is_null() || !role.root["rules"].is_list()) return rules;
  for (const Node node : role.root["rules"]) {
    rules.push_back({node, node["apiGroups"].texts(), node["resources"].texts(), node["verbs"].texts(),
                     node["resourceNames"].texts()});
  }
  return rules;
}

bool has_wildcard(const std::vector<std::string>& items) { return has(items, "*"); }

bool grants(const PolicyRule& rule, std::string_view group, std::string_view resource, std::string_view verb) {
  if (!has(rule.verbs, verb) && !has_wildcard(rule.verbs)) return false;
  if (!has(rule.groups, group) && !has_wildcard(rule.groups)) return false;
  if (has(rule.resources, resource) || has_wildcard(rule.resources)) return true;
  const std::size_t slash = resource.find('/');
  return slash != std::string_view::npos && has(rule.resources, "*" + std::string(resource.substr(slash)));
}

bool grants_everything(const PolicyRule& rule) {
  return has_wildcard(rule.verbs) && has_wildcard(rule.groups) && has_wildcard(rule.resources) && rule.names.empty();
}

Node item_node(const PolicyRule& rule, std::string_view list, std::string_view item) {
  for (const Node node : rule.node[list]) {
    if (node.scalar_text() == item) return node;
  }
  return rule.node[list] ? rule.node[list] : rule.node;
}

const Object* role_of(const Objects& objects, const Object& binding) {
  for (const std::string_view kind : {"Role", "ClusterRole"}) {
    for (const Object* role : objects.of_kind(kind)) {
      if (role->group == rbac_group && refers_to(binding, *role)) return role;
    }
  }
  return nullptr;
}

std::string_view role_name(const Object& binding) { return binding.root["roleRef"]["name"].scalar_text(); }

std::vector<const Object*> bindings_to(const Objects& objects, const Object& role) {
  std::vector<const Object*> found;
  for (const std::string_view kind : {"RoleBinding", "ClusterRoleBinding"}) {
    for (const Object* binding : objects.of_kind(kind)) {
      if (binding->group == rbac_group && refers_to(*binding, role)) found.push_back(binding);
    }
  }
  return found;
}

std::vector<Subject> subjects(const Object& binding) {
  std::vector<Subject> all;
  const Node list = binding.root["subjects"];
  if (!list.is_list()) return all;
  for (const Node node : list) {
    // As appliesToUser of Kubernetes: an account without a namespace is one of the binding's.
    const std::string_view given = node["namespace"].scalar_text();
    all.push_back({node["kind"].text(), node["name"].scalar_text(), given.empty() ? binding.namespace_ : given, node});
  }
  return all;
}

bool is_bound(const Objects& objects, std::string_view namespace_, std::string_view account) {
  const std::string own_group = std::string(account_groups) + ":" + std::string(namespace_);
  const std::string user = "system:serviceaccount:" + std::string(namespace_) + ":" + std::string(account);
  for (const std::string_view kind : {"RoleBinding", "ClusterRoleBinding"}) {
    for (const Object* binding : objects.of_kind(kind)) {
      for (const Subject& subject : subjects(*binding)) {
        const bool is_account = subject.kind == "ServiceAccount" && subject.name == account &&
                                (subject.namespace_ == namespace_ || subject.namespace_.empty());
        const bool is_group = subject.kind == "Group" && (subject.name == account_groups || subject.name == own_group);
        if (is_account || is_group || (subject.kind == "User" && subject.name == user)) return true;
      }
    }
  }
  return false;
}

}  // namespace rhumb::lint
