// Roles and who is bound to them, as far as the release knows: roles that it does not hold and ClusterRoles that are
// aggregated from others grant what nobody here can tell.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// An item of a role's `rules`.
struct PolicyRule {
  Node node;
  std::vector<std::string> groups;
  std::vector<std::string> resources;  // "pods", "pods/exec", "*", "*/scale"
  std::vector<std::string> verbs;
  std::vector<std::string> names;  // resourceNames; empty for all
};

bool is_role(const Object& object);     // Role, ClusterRole
bool is_binding(const Object& object);  // RoleBinding, ClusterRoleBinding
std::vector<const Object*> roles(Context& context);
std::vector<const Object*> bindings(Context& context);

std::vector<PolicyRule> rules_of(const Object& role);
/// As rbac.VerbMatches, APIGroupMatches and ResourceMatches of Kubernetes: "*" of a list is everything, "*/exec" that
/// subresource of everything, "pods/*" nothing. Names are not looked at.
bool grants(const PolicyRule& rule, std::string_view group, std::string_view resource, std::string_view verb);
bool has_wildcard(const std::vector<std::string>& items);
/// Every verb on every resource of every group.
bool grants_everything(const PolicyRule& rule);
/// The node of a list of the rule ("verbs", "resources" ...), or of an item of it.
Node item_node(const PolicyRule& rule, std::string_view list, std::string_view item);

/// The role of a binding; null where the release has none of that name.
const Object* role_of(const Objects& objects, const Object& binding);
std::string_view role_name(const Object& binding);
/// Bindings of the release to that role.
std::vector<const Object*> bindings_to(const Objects& objects, const Object& role);

struct Subject {
  std::string_view kind;  // "ServiceAccount", "User", "Group"
  std::string_view name;
  std::string_view namespace_;
  Node node;
};
std::vector<Subject> subjects(const Object& binding);
/// Whether a binding names the ServiceAccount, or the group of all or of those of its namespace.
bool is_bound(const Objects& objects, std::string_view namespace_, std::string_view account);

}  // namespace rhumb::lint
