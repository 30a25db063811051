#include "rhumb/manifest/api_lifecycle.h"

#include <algorithm>
#include <array>

namespace rhumb::manifest {
namespace {

// APILifecycleDeprecated, Removed and Replacement of k8s.io/api 0.37 (tests/unit/manifest/api_lifecycle.tsv), and, from
// the deprecation guide of Kubernetes, what that module no longer has: PodSecurityPolicy, autoscaling/v2beta*, RBAC's
// v1alpha1, the APIs of the API server's own extensions. Where the module names no replacement, or one that is gone by
// now, it is the stable version of the same kind.
constexpr std::array lifecycles{
    ApiLifecycle{"", "v1", "ComponentStatus", 19, 0, "", ""},
    ApiLifecycle{"", "v1", "Endpoints", 33, 0, "discovery.k8s.io/v1", "EndpointSlice"},
    ApiLifecycle{"admissionregistration.k8s.io", "v1alpha1", "MutatingAdmissionPolicy", 35, 38,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1alpha1", "MutatingAdmissionPolicyBinding", 35, 38,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1alpha1", "ValidatingAdmissionPolicy", 29, 32,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1alpha1", "ValidatingAdmissionPolicyBinding", 29, 32,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "MutatingAdmissionPolicy", 37, 40,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "MutatingAdmissionPolicyBinding", 37, 40,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "MutatingWebhookConfiguration", 16, 22,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "ValidatingAdmissionPolicy", 31, 34,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "ValidatingAdmissionPolicyBinding", 31, 34,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"admissionregistration.k8s.io", "v1beta1", "ValidatingWebhookConfiguration", 16, 22,
                 "admissionregistration.k8s.io/v1", ""},
    ApiLifecycle{"apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition", 16, 22, "apiextensions.k8s.io/v1", ""},
    ApiLifecycle{"apiregistration.k8s.io", "v1beta1", "APIService", 19, 22, "apiregistration.k8s.io/v1", ""},
    ApiLifecycle{"apps", "v1beta1", "ControllerRevision", 8, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta1", "Deployment", 8, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta1", "StatefulSet", 8, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta2", "ControllerRevision", 9, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta2", "DaemonSet", 9, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta2", "Deployment", 9, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta2", "ReplicaSet", 9, 16, "apps/v1", ""},
    ApiLifecycle{"apps", "v1beta2", "StatefulSet", 9, 16, "apps/v1", ""},
    ApiLifecycle{"authentication.k8s.io", "v1alpha1", "SelfSubjectReview", 29, 32, "authentication.k8s.io/v1", ""},
    ApiLifecycle{"authentication.k8s.io", "v1beta1", "SelfSubjectReview", 30, 33, "authentication.k8s.io/v1", ""},
    ApiLifecycle{"authentication.k8s.io", "v1beta1", "TokenReview", 19, 22, "authentication.k8s.io/v1", ""},
    ApiLifecycle{"authorization.k8s.io", "v1beta1", "LocalSubjectAccessReview", 19, 22, "authorization.k8s.io/v1", ""},
    ApiLifecycle{"authorization.k8s.io", "v1beta1", "SelfSubjectAccessReview", 19, 22, "authorization.k8s.io/v1", ""},
    ApiLifecycle{"authorization.k8s.io", "v1beta1", "SelfSubjectRulesReview", 19, 22, "authorization.k8s.io/v1", ""},
    ApiLifecycle{"authorization.k8s.io", "v1beta1", "SubjectAccessReview", 19, 22, "authorization.k8s.io/v1", ""},
    ApiLifecycle{"autoscaling", "v2beta1", "HorizontalPodAutoscaler", 22, 25, "autoscaling/v2", ""},
    ApiLifecycle{"autoscaling", "v2beta2", "HorizontalPodAutoscaler", 23, 26, "autoscaling/v2", ""},
    ApiLifecycle{"batch", "v1beta1", "CronJob", 21, 25, "batch/v1", ""},
    ApiLifecycle{"certificates.k8s.io", "v1alpha1", "ClusterTrustBundle", 34, 37, "certificates.k8s.io/v1", ""},
    ApiLifecycle{"certificates.k8s.io", "v1beta1", "CertificateSigningRequest", 19, 22, "certificates.k8s.io/v1", ""},
    ApiLifecycle{"certificates.k8s.io", "v1beta1", "ClusterTrustBundle", 37, 40, "certificates.k8s.io/v1", ""},
    ApiLifecycle{"certificates.k8s.io", "v1beta1", "PodCertificateRequest", 37, 40, "certificates.k8s.io/v1", ""},
    ApiLifecycle{"coordination.k8s.io", "v1alpha2", "LeaseCandidate", 35, 38, "", ""},
    ApiLifecycle{"coordination.k8s.io", "v1beta1", "Lease", 19, 22, "coordination.k8s.io/v1", ""},
    ApiLifecycle{"coordination.k8s.io", "v1beta1", "LeaseCandidate", 36, 39, "", ""},
    ApiLifecycle{"discovery.k8s.io", "v1beta1", "EndpointSlice", 21, 25, "discovery.k8s.io/v1", ""},
    ApiLifecycle{"events.k8s.io", "v1beta1", "Event", 22, 25, "events.k8s.io/v1", ""},
    ApiLifecycle{"extensions", "v1beta1", "DaemonSet", 8, 16, "apps/v1", ""},
    ApiLifecycle{"extensions", "v1beta1", "Deployment", 8, 16, "apps/v1", ""},
    ApiLifecycle{"extensions", "v1beta1", "Ingress", 14, 22, "networking.k8s.io/v1", ""},
    ApiLifecycle{"extensions", "v1beta1", "NetworkPolicy", 9, 16, "networking.k8s.io/v1", ""},
    ApiLifecycle{"extensions", "v1beta1", "PodSecurityPolicy", 10, 16, "", ""},
    ApiLifecycle{"extensions", "v1beta1", "ReplicaSet", 8, 16, "apps/v1", ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta1", "FlowSchema", 23, 26, "flowcontrol.apiserver.k8s.io/v1",
                 ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta1", "PriorityLevelConfiguration", 23, 26,
                 "flowcontrol.apiserver.k8s.io/v1", ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta2", "FlowSchema", 26, 29, "flowcontrol.apiserver.k8s.io/v1",
                 ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta2", "PriorityLevelConfiguration", 26, 29,
                 "flowcontrol.apiserver.k8s.io/v1", ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta3", "FlowSchema", 29, 32, "flowcontrol.apiserver.k8s.io/v1",
                 ""},
    ApiLifecycle{"flowcontrol.apiserver.k8s.io", "v1beta3", "PriorityLevelConfiguration", 29, 32,
                 "flowcontrol.apiserver.k8s.io/v1", ""},
    ApiLifecycle{"networking.k8s.io", "v1beta1", "IPAddress", 34, 37, "networking.k8s.io/v1", ""},
    ApiLifecycle{"networking.k8s.io", "v1beta1", "Ingress", 19, 22, "networking.k8s.io/v1", ""},
    ApiLifecycle{"networking.k8s.io", "v1beta1", "IngressClass", 19, 22, "networking.k8s.io/v1", ""},
    ApiLifecycle{"networking.k8s.io", "v1beta1", "ServiceCIDR", 34, 37, "networking.k8s.io/v1", ""},
    ApiLifecycle{"node.k8s.io", "v1beta1", "RuntimeClass", 22, 25, "node.k8s.io/v1", ""},
    ApiLifecycle{"policy", "v1beta1", "PodDisruptionBudget", 21, 25, "policy/v1", ""},
    ApiLifecycle{"policy", "v1beta1", "PodSecurityPolicy", 21, 25, "", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1alpha1", "ClusterRole", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1alpha1", "ClusterRoleBinding", 17, 22, "rbac.authorization.k8s.io/v1",
                 ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1alpha1", "Role", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1alpha1", "RoleBinding", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1beta1", "ClusterRole", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1beta1", "ClusterRoleBinding", 17, 22, "rbac.authorization.k8s.io/v1",
                 ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1beta1", "Role", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"rbac.authorization.k8s.io", "v1beta1", "RoleBinding", 17, 22, "rbac.authorization.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1alpha3", "DeviceTaintRule", 36, 39, "", ""},
    ApiLifecycle{"resource.k8s.io", "v1alpha3", "ResourcePoolStatusRequest", 39, 42, "", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta1", "DeviceClass", 35, 38, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta1", "ResourceClaim", 35, 38, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta1", "ResourceClaimTemplate", 35, 38, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta1", "ResourceSlice", 35, 38, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta2", "DeviceClass", 36, 39, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta2", "DeviceTaintRule", 39, 42, "", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta2", "ResourceClaim", 36, 39, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta2", "ResourceClaimTemplate", 36, 39, "resource.k8s.io/v1", ""},
    ApiLifecycle{"resource.k8s.io", "v1beta2", "ResourceSlice", 36, 39, "resource.k8s.io/v1", ""},
    ApiLifecycle{"scheduling.k8s.io", "v1alpha1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1", ""},
    ApiLifecycle{"scheduling.k8s.io", "v1beta1", "PodGroup", 40, 43, "", ""},
    ApiLifecycle{"scheduling.k8s.io", "v1beta1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1", ""},
    ApiLifecycle{"scheduling.k8s.io", "v1beta1", "Workload", 40, 43, "", ""},
    ApiLifecycle{"storage.k8s.io", "v1alpha1", "CSIStorageCapacity", 21, 24, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1alpha1", "VolumeAttachment", 21, 24, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1alpha1", "VolumeAttributesClass", 32, 35, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "CSIDriver", 19, 22, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "CSINode", 17, 22, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "CSIStorageCapacity", 24, 27, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "StorageClass", 19, 22, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "VolumeAttachment", 19, 22, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storage.k8s.io", "v1beta1", "VolumeAttributesClass", 34, 37, "storage.k8s.io/v1", ""},
    ApiLifecycle{"storagemigration.k8s.io", "v1beta1", "StorageVersionMigration", 37, 40, "storagemigration.k8s.io/v1",
                 ""},
};

}  // namespace

const ApiLifecycle* api_lifecycle(std::string_view group, std::string_view version, std::string_view kind) {
  const auto* const found = std::find_if(lifecycles.begin(), lifecycles.end(), [&](const ApiLifecycle& known) {
    return known.kind == kind && known.group == group && known.version == version;
  });
  return found == lifecycles.end() ? nullptr : found;
}

std::span<const ApiLifecycle> api_lifecycles() { return lifecycles; }

}  // namespace rhumb::manifest
