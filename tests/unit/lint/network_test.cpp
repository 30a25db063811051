// NetworkPolicies in effect: who is isolated, who may still talk to whom.
#include "lint/support/network.h"

#include <gtest/gtest.h>

#include "lint/support/cidr.h"

namespace rhumb::lint {
namespace {

/// A release of one file, in the namespace "shop".
struct Release {
  explicit Release(std::string text) : files{{"chart/templates/all.yaml", {std::move(text), {}}}} {
    Objects::Input input;
    input.files = &files;
    input.release_namespace = "shop";
    objects = std::make_unique<Objects>(input);
    workloads = std::make_unique<Workloads>(*objects);
  }

  const Object& policy(std::string_view name) const {
    return *objects->find("networking.k8s.io", "NetworkPolicy", "shop", name);
  }
  const Workload& pod(std::string_view name, std::string_view namespace_ = "shop") const {
    return *workloads->find("", "Pod", namespace_, name);
  }
  Match connect(std::string_view from, std::string_view to, const NetworkPort& port) const {
    return may_connect(*workloads, pod(from), pod(to), port);
  }

  std::vector<manifest::RenderedFile> files;
  std::unique_ptr<Objects> objects;
  std::unique_ptr<Workloads> workloads;
};

std::string pod(const std::string& name, const std::string& more = {}) {
  return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", labels: {app: " + name +
         "}}\nspec: {containers: [{name: app}]" + more + "}\n";
}

std::string policy(const std::string& name, const std::string& spec) {
  return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name + "}\nspec: {" + spec +
         "}\n";
}

TEST(Network, DirectionsHaveTheirDefaults) {
  const Release release(policy("bare", "podSelector: {}") + policy("egress", "podSelector: {}, egress: [{}]") +
                        policy("no-egress", "podSelector: {}, egress: []") +
                        policy("types", "podSelector: {}, policyTypes: [Egress], ingress: [{}]") +
                        policy("no-types", "podSelector: {}, policyTypes: []"));
  const auto directions = [&](std::string_view name) {
    return std::string(isolates(release.policy(name), Direction::ingress) ? "i" : "") +
           (isolates(release.policy(name), Direction::egress) ? "e" : "");
  };
  EXPECT_EQ(directions("bare"), "i");
  EXPECT_EQ(directions("egress"), "ie");
  EXPECT_EQ(directions("no-egress"), "i");
  EXPECT_EQ(directions("types"), "e");
  EXPECT_EQ(directions("no-types"), "i");
}

TEST(Network, EverythingIsNoPeerAndNoPort) {
  const Release release(policy("open", "podSelector: {}, ingress: [{from: [], ports: []}]") +
                        policy("block", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]") +
                        policy("except",
                               "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: "
                               "[10.0.0.0/8]}}]}]") +
                        policy("port", "podSelector: {}, ingress: [{ports: [{port: 80}]}]") +
                        policy("idle", "podSelector: {}, egress: [{}], policyTypes: [Ingress]"));
  EXPECT_TRUE(rule_for_everything(release.policy("open"), Direction::ingress));
  EXPECT_TRUE(rule_for_everything(release.policy("block"), Direction::ingress));
  EXPECT_FALSE(rule_for_everything(release.policy("except"), Direction::ingress));
  EXPECT_FALSE(rule_for_everything(release.policy("port"), Direction::ingress));
  EXPECT_FALSE(rule_for_everything(release.policy("idle"), Direction::egress));
}

TEST(Network, PortsByNumberRangeNameAndProtocol) {
  const Release release(policy("a",
                               "podSelector: {}, ingress: [{ports: [{port: 80}, {port: 90, endPort: 99, protocol: "
                               "UDP}, {port: http}, {protocol: SCTP}]}]"));
  const Node rule = network_rules(release.policy("a"), Direction::ingress)[std::size_t{0}];
  EXPECT_TRUE(admits_port(rule, {80}));
  EXPECT_FALSE(admits_port(rule, {81}));
  EXPECT_FALSE(admits_port(rule, {80, "", "UDP"}));
  EXPECT_TRUE(admits_port(rule, {95, "", "UDP"}));
  EXPECT_FALSE(admits_port(rule, {100, "", "UDP"}));
  EXPECT_TRUE(admits_port(rule, {8080, "http"}));
  EXPECT_FALSE(admits_port(rule, {8080, "web"}));
  EXPECT_TRUE(admits_port(rule, {1, "", "SCTP"}));
}

TEST(Network, NamespacesByTheNameEveryoneHasAndByLabelsThatAreKnown) {
  const Release release(R"(apiVersion: v1
kind: Namespace
metadata: {name: known, labels: {team: data}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: selectors}
data:
  name: {matchLabels: {kubernetes.io/metadata.name: known}}
  other: {matchLabels: {kubernetes.io/metadata.name: other}}
  team: {matchLabels: {team: data}}
  wrong: {matchLabels: {team: web}}
  both: {matchLabels: {kubernetes.io/metadata.name: outside, team: data}}
  all: {}
)");
  const auto match = [&](std::string_view selector, std::string_view name) {
    const Object& holder = *release.objects->find("", "ConfigMap", "shop", "selectors");
    return matches_namespace(*release.objects, holder.root["data"][selector], name);
  };
  EXPECT_EQ(match("name", "known"), Match::yes);
  EXPECT_EQ(match("other", "known"), Match::no);
  EXPECT_EQ(match("team", "known"), Match::yes);
  EXPECT_EQ(match("wrong", "known"), Match::no);
  EXPECT_EQ(match("team", "outside"), Match::maybe);
  EXPECT_EQ(match("both", "outside"), Match::maybe);
  EXPECT_EQ(match("both", "known"), Match::no);
  EXPECT_EQ(match("all", "outside"), Match::yes);
}

TEST(Network, ConnectionsNeedTheLeaveOfBothEnds) {
  const Release release(
      pod("web") + pod("db") + pod("backup") + pod("free") +
      policy("db",
             "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, "
             "{ipBlock: {cidr: 10.0.0.0/8}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "
             "shop}}, podSelector: {matchLabels: {app: backup}}}], ports: [{port: 5432}]}]") +
      policy("backup", "podSelector: {matchLabels: {app: backup}}, policyTypes: [Egress]"));
  EXPECT_EQ(release.connect("web", "db", {5432}), Match::yes);
  EXPECT_EQ(release.connect("web", "db", {5433}), Match::no);
  // By its address, if the plugin looks at it.
  EXPECT_EQ(release.connect("free", "db", {5432}), Match::maybe);
  EXPECT_EQ(release.connect("backup", "db", {5432}), Match::no);
  EXPECT_EQ(release.connect("db", "web", {80}), Match::yes);
  EXPECT_EQ(openings(*release.workloads, release.pod("db"), Direction::ingress, {5432}).size(), 3U);
}

TEST(Network, PodsInTheNetworkOfTheirNodeHaveNoPolicies) {
  const Release release(pod("node", ", hostNetwork: true") + policy("deny", "podSelector: {}"));
  EXPECT_TRUE(isolating_policies(*release.workloads, release.pod("node"), Direction::ingress).empty());
}

TEST(Network, OtherPoliciesAreKnownToBeThere) {
  const Release release(R"(apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: a, namespace: one}
---
apiVersion: crd.projectcalico.org/v1
kind: NetworkPolicy
metadata: {name: b, namespace: two}
)");
  EXPECT_TRUE(has_other_policies(*release.objects, "one"));
  EXPECT_TRUE(has_other_policies(*release.objects, "two"));
  EXPECT_FALSE(has_other_policies(*release.objects, "shop"));
  const Release everywhere(
      "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: a}\n");
  EXPECT_TRUE(has_other_policies(*everywhere.objects, "shop"));
}

TEST(Cidr, ContainsWhatSharesItsPrefix) {
  EXPECT_TRUE(parse_cidr("10.0.0.0/8")->contains(*parse_cidr("10.1.2.0/24")));
  EXPECT_FALSE(parse_cidr("10.1.2.0/24")->contains(*parse_cidr("10.0.0.0/8")));
  EXPECT_FALSE(parse_cidr("10.0.0.0/9")->contains(*parse_cidr("10.128.0.0/9")));
  EXPECT_TRUE(parse_cidr("0.0.0.0/0")->contains(*parse_cidr("1.2.3.4/32")));
  EXPECT_FALSE(parse_cidr("0.0.0.0/0")->contains(*parse_cidr("::1/128")));
  EXPECT_TRUE(parse_cidr("fd00::/8")->contains(*parse_cidr("fd12:3456::/32")));
  EXPECT_TRUE(parse_cidr("::/0")->is_everything());
  for (const std::string_view wrong : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "a/8",
                                       "10.0.0.0/08", "fe80::1%eth0/64", "::/129", "10.0.0.0/8/8"}) {
    EXPECT_FALSE(parse_cidr(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace rhumb::lint
