// Security settings in effect.
#include "rhumb/manifest/security_context.h"

#include <gtest/gtest.h>

namespace rhumb::manifest {
namespace {

struct Pods {
  explicit Pods(std::string text) : files{{"all.yaml", {std::move(text), {}}}} {
    Objects::Input input;
    input.files = &files;
    objects = std::make_unique<Objects>(input);
    workloads = std::make_unique<Workloads>(*objects);
  }
  const Workload& first() const { return workloads->all().front(); }
  /// "pod:1000", "own:true", "none"
  std::string setting(std::size_t container, std::string_view field) const {
    const SecuritySetting found = security_setting(first(), first().containers.at(container), field);
    if (!found.node) return "none";
    return (found.of_pod ? "pod:" : "own:") + std::string(found.node.scalar_text());
  }

  std::vector<RenderedFile> files;
  std::unique_ptr<Objects> objects;
  std::unique_ptr<Workloads> workloads;
};

TEST(SecurityContext, ContainersComeBeforeTheirPod) {
  const Pods pods(R"(apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {runAsUser: 1000, runAsNonRoot: true, allowPrivilegeEscalation: false, privileged: true}
  containers:
    - name: own
      securityContext: {runAsUser: 0, privileged: false}
    - name: bare
    - name: nulls
      securityContext: {runAsUser: null, runAsNonRoot: false}
)");
  EXPECT_EQ(pods.setting(0, "runAsUser"), "own:0");
  EXPECT_EQ(pods.setting(0, "runAsNonRoot"), "pod:true");
  EXPECT_EQ(pods.setting(0, "privileged"), "own:false");
  EXPECT_EQ(pods.setting(1, "runAsUser"), "pod:1000");
  EXPECT_EQ(pods.setting(2, "runAsUser"), "pod:1000");
  EXPECT_EQ(pods.setting(2, "runAsNonRoot"), "own:false");
  // Fields of containers only.
  EXPECT_EQ(pods.setting(1, "allowPrivilegeEscalation"), "none");
  EXPECT_EQ(pods.setting(1, "privileged"), "none");
}

TEST(SecurityContext, KindsOfPods) {
  const Pods windows("apiVersion: v1\nkind: Pod\nspec: {os: {name: windows}, hostUsers: true, containers: []}\n");
  EXPECT_TRUE(is_windows(windows.first()));
  EXPECT_FALSE(has_user_namespace(windows.first()));
  EXPECT_TRUE(declares_windows(windows.first()));
  EXPECT_FALSE(is_host_process(windows.first()));
  const Pods spaced("apiVersion: v1\nkind: Pod\nspec: {hostUsers: false, containers: []}\n");
  EXPECT_FALSE(is_windows(spaced.first()));
  EXPECT_TRUE(has_user_namespace(spaced.first()));
}

bool runs_on_windows(const std::string& spec) {
  const Pods pods("apiVersion: v1\nkind: Pod\nspec:\n" + spec);
  EXPECT_FALSE(declares_windows(pods.first())) << spec;
  return is_windows(pods.first());
}

std::string with_terms(const std::string& terms) {
  return "  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [" + terms +
         "]}}}\n";
}

TEST(SecurityContext, WindowsByTheNode) {
  EXPECT_TRUE(runs_on_windows("  nodeSelector: {kubernetes.io/os: windows}\n"));
  EXPECT_TRUE(runs_on_windows("  nodeSelector: {beta.kubernetes.io/os: windows}\n"));
  EXPECT_FALSE(runs_on_windows("  nodeSelector: {kubernetes.io/os: linux, pool: windows}\n"));
  const std::string windows = "{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [windows]}]}";
  const std::string both = "{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [windows, linux]}]}";
  const std::string not_windows = "{matchExpressions: [{key: kubernetes.io/os, operator: NotIn, values: [windows]}]}";
  EXPECT_TRUE(runs_on_windows(with_terms(windows)));
  EXPECT_TRUE(runs_on_windows(with_terms(windows + ", " + windows)));
  EXPECT_FALSE(runs_on_windows(with_terms(windows + ", " + both)));
  EXPECT_FALSE(runs_on_windows(with_terms(not_windows)));
  EXPECT_FALSE(runs_on_windows(with_terms("")));
}

TEST(SecurityContext, ProcessesOfTheNode) {
  const std::string process = "{windowsOptions: {hostProcess: true}}";
  const Pods by_pod("apiVersion: v1\nkind: Pod\nspec: {securityContext: " + process + ", containers: [{name: a}]}\n");
  EXPECT_TRUE(is_host_process(by_pod.first()));
  EXPECT_TRUE(is_windows(by_pod.first()));
  const Pods own("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: " + process + "}]}\n");
  EXPECT_TRUE(is_host_process(own.first()));
  const Pods user("apiVersion: v1\nkind: Pod\nspec: {securityContext: {windowsOptions: {hostProcess: false}}}\n");
  EXPECT_FALSE(is_host_process(user.first()));
}

}  // namespace
}  // namespace rhumb::manifest
