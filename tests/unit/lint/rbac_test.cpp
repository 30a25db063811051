// What roles grant and who is bound to them; roles of AWS; names that are near.
#include "lint/support/rbac.h"

#include <gtest/gtest.h>

#include "lint/support/aws.h"
#include "lint/support/near_name.h"

namespace rhumb::lint {
namespace {

struct Release {
  explicit Release(std::string text) : files{{"chart/templates/all.yaml", {std::move(text), {}}}} {
    Objects::Input input;
    input.files = &files;
    input.release_namespace = "shop";
    objects = std::make_unique<Objects>(input);
  }
  const Object& role(std::string_view kind, std::string_view name, std::string_view namespace_ = "") const {
    return *objects->find("rbac.authorization.k8s.io", kind, namespace_, name);
  }

  std::vector<manifest::RenderedFile> files;
  std::unique_ptr<Objects> objects;
};

PolicyRule rule(std::vector<std::string> groups, std::vector<std::string> resources, std::vector<std::string> verbs) {
  return {{}, std::move(groups), std::move(resources), std::move(verbs), {}};
}

TEST(Rbac, RulesMatchAsKubernetesMatches) {
  EXPECT_TRUE(grants(rule({""}, {"pods"}, {"get"}), "", "pods", "get"));
  EXPECT_FALSE(grants(rule({""}, {"pods"}, {"get"}), "", "pods/exec", "get"));
  EXPECT_FALSE(grants(rule({"apps"}, {"pods"}, {"get"}), "", "pods", "get"));
  EXPECT_TRUE(grants(rule({"*"}, {"*"}, {"*"}), "apps", "deployments/scale", "patch"));
  EXPECT_TRUE(grants(rule({"apps"}, {"*/scale"}, {"get"}), "apps", "deployments/scale", "get"));
  EXPECT_FALSE(grants(rule({"apps"}, {"*/scale"}, {"get"}), "apps", "deployments", "get"));
  EXPECT_FALSE(grants(rule({""}, {"pods/*"}, {"get"}), "", "pods/exec", "get"));
  EXPECT_FALSE(grants(rule({}, {"pods"}, {"get"}), "", "pods", "get"));
}

TEST(Rbac, EverythingIsOfAllThreeAndOfNoNames) {
  EXPECT_TRUE(grants_everything(rule({"*"}, {"*"}, {"*"})));
  EXPECT_FALSE(grants_everything(rule({""}, {"*"}, {"*"})));
  PolicyRule named = rule({"*"}, {"*"}, {"*"});
  named.names.emplace_back("one");
  EXPECT_FALSE(grants_everything(named));
}

constexpr std::string_view bindings_text = R"(apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get], resourceNames: [a]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
aggregationRule: {clusterRoleSelectors: []}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: own}
roleRef: {kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: app}, {kind: ServiceAccount, name: other, namespace: elsewhere}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: elsewhere, namespace: elsewhere}
roleRef: {kind: Role, name: reader}
subjects: [{kind: Group, name: "system:serviceaccounts:third"}, {kind: User, name: "system:serviceaccount:shop:user"}]
)";

TEST(Rbac, BindingsFindTheirRoleInTheirNamespace) {
  const Release release{std::string(bindings_text)};
  const Object& own = release.role("RoleBinding", "own", "shop");
  EXPECT_EQ(role_of(*release.objects, own), &release.role("Role", "reader", "shop"));
  EXPECT_EQ(role_of(*release.objects, release.role("RoleBinding", "elsewhere", "elsewhere")), nullptr);
  EXPECT_EQ(bindings_to(*release.objects, release.role("Role", "reader", "shop")).size(), 1U);
  EXPECT_TRUE(bindings_to(*release.objects, release.role("ClusterRole", "reader")).empty());
}

TEST(Rbac, AggregatedRolesAreNotKnown) {
  const Release release{std::string(bindings_text)};
  EXPECT_TRUE(rules_of(release.role("ClusterRole", "reader")).empty());
  ASSERT_EQ(rules_of(release.role("Role", "reader", "shop")).size(), 1U);
  EXPECT_EQ(rules_of(release.role("Role", "reader", "shop")).front().names, std::vector<std::string>{"a"});
}

TEST(Rbac, AccountsAreBoundByNameGroupAndUser) {
  const Release release{std::string(bindings_text)};
  EXPECT_TRUE(is_bound(*release.objects, "shop", "app"));
  EXPECT_FALSE(is_bound(*release.objects, "shop", "other"));
  EXPECT_TRUE(is_bound(*release.objects, "elsewhere", "other"));
  EXPECT_TRUE(is_bound(*release.objects, "third", "anybody"));
  EXPECT_TRUE(is_bound(*release.objects, "shop", "user"));
}

TEST(Aws, RolesOfAccounts) {
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:role/app"), "");
  EXPECT_EQ(role_arn_fault("arn:aws-us-gov:iam::111122223333:role/a/b/app+=,.@_-1"), "");
  EXPECT_EQ(role_arn_fault("app"), "it is no ARN: arn:aws:iam::<account>:role/<name>");
  EXPECT_EQ(role_arn_fault("arn:gcp:iam::111122223333:role/app"), "\"gcp\" is no partition of AWS");
  EXPECT_EQ(role_arn_fault("arn:aws-:iam::111122223333:role/app"), "\"aws-\" is no partition of AWS");
  EXPECT_EQ(role_arn_fault("arn:aws:sts::111122223333:assumed-role/app/s"), "\"sts\" is not iam");
  EXPECT_EQ(role_arn_fault("arn:aws:iam:eu-west-1:111122223333:role/app"), "IAM has no regions");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::11112222333:role/app"), "\"11112222333\" is no account of twelve digits");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:user/app"), "\"user\" is no role");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:role/"), "\"\" is no name of a role");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:role/a b"), "\"a b\" is no name of a role");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:role/" + std::string(65, 'a')),
            "the name has 65 characters, 64 are allowed");
  EXPECT_EQ(role_arn_fault("arn:aws:iam::111122223333:role/" + std::string(64, 'a')), "");
}

TEST(Similar, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", "abc"), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("importer", "imprter"), 1U);
  EXPECT_EQ(edit_distance("importer", "improter"), 1U);
  EXPECT_EQ(edit_distance("web", "wib"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace rhumb::lint
