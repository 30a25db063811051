"""Why rhumb is silent where another linter reports an error: (fact, reason) by tool and check, for compare.py.

A fact gets the error and the manifest, and says whether the reason holds for that very object: an excuse whose fact is
not true does not count. The first that holds is taken.
"""
import re

SECRET_NAME = re.compile(r"(?i)password|token|bearer|secret|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$")
SWITCH = re.compile(r"(?i)yes|no|true|false|on|off")


def always(_claim, _manifest):
    """The check itself is the matter, whatever the object says."""
    return True


def annotations(claim, manifest):
    return (manifest.object_of(claim).get("metadata") or {}).get("annotations") or {}


def is_hook_job(claim, manifest):
    return claim.kind == "Job" and "helm.sh/hook" in annotations(claim, manifest)


def is_deleted_hook_job(claim, manifest):
    policies = annotations(claim, manifest).get("helm.sh/hook-delete-policy", "")
    return is_hook_job(claim, manifest) and "hook-succeeded" in policies


def is_on_host_network(claim, manifest):
    return manifest.pod_spec(claim).get("hostNetwork") is True


def has_fixed_image(claim, manifest):
    """A tag or digest is there, and rhumb itself does not take it for one that moves."""
    return (all(re.search(r"(:[^/:]+|@sha256:[0-9a-f]{64})$", each["image"]) for each in manifest.containers(claim))
            and not manifest.has_finding("image-not-pinned", claim))


def begins_later(container):
    liveness, readiness = container.get("livenessProbe"), container.get("readinessProbe")
    if not liveness or not readiness:
        return True
    asks = [{key: value for key, value in probe.items() if key in ("httpGet", "tcpSocket", "exec", "grpc")}
            for probe in (liveness, readiness)]
    return asks[0] != asks[1] or liveness.get("initialDelaySeconds", 0) > readiness.get("initialDelaySeconds", 0)


def liveness_begins_later(claim, manifest):
    return all(begins_later(container) for container in manifest.containers(claim))


def is_one_pod_without_callers(claim, manifest):
    return (manifest.object_of(claim)["spec"].get("replicas", 1) == 1
            and not re.search(rf"(?<![\w-]){re.escape(claim.name)}-0\.", manifest.text))


def root_user_is_said(claim, manifest):
    """Nothing runs as root, or root-user has it."""
    if manifest.has_finding("root-user", claim):
        return True
    pod = manifest.pod_spec(claim).get("securityContext") or {}
    for container in manifest.containers(claim):
        own = {**pod, **(container.get("securityContext") or {})}
        user = own.get("runAsUser")
        if user == 0 or (user is None and own.get("runAsNonRoot") is not True):
            return False
    return True


def folders(container):
    return [mount["mountPath"].rstrip("/") + "/" for mount in container.get("volumeMounts") or []]


def is_no_secret(text, container):
    """A switch, or words of which one is a file below a mounted folder."""
    return bool(SWITCH.fullmatch(text)) or any(word.startswith(folder) for word in text.split()
                                               for folder in folders(container))


def secrets_are_in_files(claim, manifest):
    """What the variables with a telling name hold; of kube-linter's errors only the one that is named."""
    named = re.search(r"environment variable (\S+) in", claim.detail)
    return all(is_no_secret(each["value"], container) for container in manifest.containers(claim)
               for each in container.get("env") or [] if each.get("value")
               and (each["name"] == named[1] if named else SECRET_NAME.search(each["name"])))


def names_reported_role(claim, manifest):
    role = manifest.object_of(claim)["roleRef"]
    return any(finding.check == "rbac-pod-exec" and (finding.kind, finding.name) == (role["kind"], role["name"])
               for finding in manifest.findings)


def lacks_cpu_limit(claim, _manifest):
    return claim.detail == "CPU limit is not set"


REASONS = {
    "kube-score/container-resources": [(
        lacks_cpu_limit, "a limit for cpu is a matter of policy, and idle cpu is lost to those who wait for it: with "
        "`cpu-limit: require`, or a profile that asks for it, `resources-missing` says it")],
    "kube-score/pod-networkpolicy": [
        (is_hook_job, "Jobs that run as Helm hooks, before or beside the release's policies"),
        (is_on_host_network, "a pod in the network of its node, which no NetworkPolicy reaches")],
    "kube-score/pod-probes-identical": [(
        liveness_begins_later, "the liveness probe begins later than the readiness probe, which settles it by the "
        "rule's definition")],
    "kube-score/statefulset-has-servicename": [(
        is_one_pod_without_callers, "one pod that nobody calls by its own name needs no headless Service; with several "
        "pods, or a caller, it is `statefulset-without-headless-service`")],
    "kube-score/container-image-pull-policy": [(
        has_fixed_image, "the images have a tag that `image-not-pinned` takes for fixed, so pulling again brings the "
        "same bytes. Mutable tags are `image-pull-policy-stale`")],
    "kube-score/container-security-context-user-group-id": [(
        root_user_is_said, "an id below 10000 is no fault: no standard asks for more, and images fix theirs. Running "
        "as root is `root-user`")],
    "kube-score/container-ephemeral-storage-request-and-limit": [(
        always, "an eviction for want of disk is bounded by the emptyDir's `sizeLimit` (`empty-dir-unbounded`); "
        "requests of ephemeral storage are a matter of the cluster")],
    "kube-linter/env-var-secret": [(
        secrets_are_in_files, "the name has \"secret\" in it, the value is a command that reads a mounted file: the "
        "secret is not in the manifest. What is, is `plaintext-secret`")],
    "kube-linter/job-ttl-seconds-after-finished": [(
        is_deleted_hook_job, "a hook with the delete policy `hook-succeeded`: Helm removes it, and one that fails is "
        "kept on purpose, to be looked at")],
    "polaris/sensitiveContainerEnvVar": [(
        secrets_are_in_files, "the variables hold paths of mounted files (`..._FILE`), commands that read them, or a "
        "switch (`ALLOW_EMPTY_PASSWORD: no`); the values are not in the manifest. Where they are, it is "
        "`plaintext-secret`")],
    **{f"polaris/{check}": [(
        names_reported_role, "said once, by `rbac-pod-exec` at the role that the binding names")]
       for check in ("clusterrolebindingPodExecAttach", "rolebindingClusterRolePodExecAttach",
                     "rolebindingRolePodExecAttach")},
}
