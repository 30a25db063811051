package main

import "fmt"

// fields of a JSON object.
type fields = map[string]any

// pod is a pod that the standard "restricted" permits in every version, with some of its parts replaced.
type pod struct {
	name        string
	annotations fields
	spec        fields // over that of the good pod; nil takes a field away
	container   fields // over that of its container; securityContext over its securityContext
	extra       fields // further fields of the spec with containers: initContainers ...
}

func goodContext() fields {
	return fields{"allowPrivilegeEscalation": false, "capabilities": fields{"drop": []any{"ALL"}}}
}

func goodContainer(name string) fields {
	return fields{"name": name, "image": "app:1", "securityContext": goodContext()}
}

func (p pod) manifest() fields {
	container := goodContainer("app")
	merge(container, p.container)
	spec := fields{
		"securityContext": fields{"runAsNonRoot": true, "seccompProfile": fields{"type": "RuntimeDefault"}},
		"containers":      []any{container},
	}
	merge(spec, p.spec)
	merge(spec, p.extra)
	metadata := fields{"name": p.name}
	if p.annotations != nil {
		metadata["annotations"] = p.annotations
	}
	return fields{"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}
}

// merge puts the entries of more over those of base, securityContext one level deeper; nil deletes.
func merge(base, more fields) {
	for key, value := range more {
		if value == nil {
			delete(base, key)
			continue
		}
		inner, isFields := value.(fields)
		old, wasFields := base[key].(fields)
		if key == "securityContext" && isFields && wasFields {
			merge(old, inner)
			continue
		}
		base[key] = value
	}
}

// context is a securityContext.
func context(more fields) fields { return fields{"securityContext": more} }

// pods are all pods that are recorded.
func pods() []pod {
	all := []pod{
		{name: "good"},
		{name: "bare", spec: fields{"securityContext": nil}, container: fields{"securityContext": nil}},
		{name: "null-contexts", container: fields{"securityContext": nil}},
	}
	for _, more := range [][]pod{shared(), capabilities(), simple(), volumes(), windows(), userNamespaces(), otherContainers(), probes(), mixed()} {
		all = append(all, more...)
	}
	return all
}

// shared: fields that pods and containers both have, in every combination.
func shared() []pod {
	options := func(values ...any) []any { return append([]any{nil}, values...) }
	profile := func(kinds ...string) []any {
		values := options()
		for _, kind := range kinds {
			values = append(values, fields{"type": kind})
		}
		return append(values, fields{})
	}
	table := []struct {
		field  string
		values []any
	}{
		{"runAsNonRoot", options(true, false)},
		{"runAsUser", options(0, 1000)},
		{"seccompProfile", profile("RuntimeDefault", "Localhost", "Unconfined", "runtime/default")},
		{"appArmorProfile", profile("RuntimeDefault", "Localhost", "Unconfined")},
		{"seLinuxOptions", options(fields{}, fields{"type": "container_t"}, fields{"type": "container_engine_t"}, fields{"type": "spc_t"},
			fields{"level": "s0:c1,c2"}, fields{"user": "u"}, fields{"role": "r"}, fields{"type": "container_kvm_t", "user": "u", "role": "r"})},
		{"windowsOptions", options(fields{}, fields{"hostProcess": false}, fields{"hostProcess": true})},
	}
	var all []pod
	for _, row := range table {
		for i, ofPod := range row.values {
			for j, own := range row.values {
				all = append(all, pod{name: fmt.Sprintf("%s-%d-%d", lower(row.field), i, j),
					spec: context(fields{row.field: ofPod}), container: context(fields{row.field: own})})
			}
		}
	}
	// Both of those that keep root away, at both places.
	for i, podRoot := range options(true, false) {
		for j, root := range options(true, false) {
			for k, podUser := range options(0, 1000) {
				for l, user := range options(0, 1000) {
					all = append(all, pod{name: fmt.Sprintf("root-%d-%d-%d-%d", i, j, k, l),
						spec:      context(fields{"runAsNonRoot": podRoot, "runAsUser": podUser}),
						container: context(fields{"runAsNonRoot": root, "runAsUser": user})})
				}
			}
		}
	}
	return all
}

func capabilities() []pod {
	var all []pod
	for i, add := range [][]any{nil, {"NET_BIND_SERVICE"}, {"CHOWN"}, {"NET_RAW"}, {"ALL"}, {"SYS_ADMIN", "CHOWN"}, {"CAP_CHOWN"}, {"chown"},
		{"NET_BIND_SERVICE", "SETUID", "MKNOD"}, {"AUDIT_WRITE", "SYS_CHROOT", "SETPCAP", "SETFCAP", "SETGID", "KILL", "FSETID", "FOWNER", "DAC_OVERRIDE"}} {
		for j, drop := range [][]any{nil, {}, {"ALL"}, {"all"}, {"NET_RAW"}, {"NET_RAW", "ALL"}} {
			set := fields{}
			if add != nil {
				set["add"] = add
			}
			if drop != nil {
				set["drop"] = drop
			}
			all = append(all, pod{name: fmt.Sprintf("capabilities-%d-%d", i, j), container: context(fields{"capabilities": set})})
		}
	}
	return append(all, pod{name: "capabilities-none", container: context(fields{"capabilities": nil})})
}

// simple: one setting each.
func simple() []pod {
	all := []pod{
		{name: "privileged", container: context(fields{"privileged": true})},
		{name: "not-privileged", container: context(fields{"privileged": false})},
		{name: "escalation-unset", container: context(fields{"allowPrivilegeEscalation": nil})},
		{name: "escalation", container: context(fields{"allowPrivilegeEscalation": true})},
		{name: "proc-default", container: context(fields{"procMount": "Default"})},
		{name: "proc-unmasked", container: context(fields{"procMount": "Unmasked"})},
		{name: "host-network", spec: fields{"hostNetwork": true}},
		{name: "host-pid", spec: fields{"hostPID": true}},
		{name: "host-ipc", spec: fields{"hostIPC": true}},
		{name: "host-nothing", spec: fields{"hostIPC": false, "hostPID": false, "hostNetwork": false}},
		{name: "host-port", container: fields{"ports": []any{fields{"containerPort": 80, "hostPort": 80}}}},
		{name: "host-port-zero", container: fields{"ports": []any{fields{"containerPort": 80, "hostPort": 0}}}},
		{name: "no-host-port", container: fields{"ports": []any{fields{"containerPort": 80}}}},
		{name: "host-ip", container: fields{"ports": []any{fields{"containerPort": 80, "hostIP": "10.0.0.1"}}}},
		{name: "sysctls-none", spec: context(fields{"sysctls": []any{}})},
	}
	for _, name := range []string{"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
		"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
		"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
		"net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat", "net.core.somaxconn", "kernel.msgmax", "net/ipv4/tcp_syncookies"} {
		all = append(all, pod{name: "sysctl-" + lower(name), spec: context(fields{"sysctls": []any{fields{"name": name, "value": "1"}}})})
	}
	apparmor, seccomp := "container.apparmor.security.beta.kubernetes.io/", "seccomp.security.alpha.kubernetes.io/"
	for i, value := range []string{"", "runtime/default", "docker/default", "localhost/a", "localhost/", "unconfined", "RuntimeDefault"} {
		all = append(all,
			pod{name: fmt.Sprintf("apparmor-annotation-%d", i), annotations: fields{apparmor + "app": value}},
			pod{name: fmt.Sprintf("apparmor-annotation-other-%d", i), annotations: fields{apparmor + "other": value}},
			pod{name: fmt.Sprintf("seccomp-annotation-%d", i), annotations: fields{seccomp + "pod": value}},
			pod{name: fmt.Sprintf("seccomp-annotation-container-%d", i), annotations: fields{"container." + seccomp + "app": value}},
			pod{name: fmt.Sprintf("seccomp-annotation-other-%d", i), annotations: fields{"container." + seccomp + "other": value}})
	}
	return all
}

func volumes() []pod {
	sources := fields{
		"configMap": fields{"name": "a"}, "csi": fields{"driver": "d"}, "downwardAPI": fields{}, "emptyDir": fields{}, "ephemeral": fields{},
		"image": fields{"reference": "a:1"}, "persistentVolumeClaim": fields{"claimName": "a"}, "projected": fields{"sources": []any{}}, "secret": fields{"secretName": "a"},
		"hostPath": fields{"path": "/a"}, "nfs": fields{"server": "s", "path": "/"}, "iscsi": fields{"targetPortal": "p", "iqn": "i", "lun": 0},
		"gcePersistentDisk": fields{"pdName": "a"}, "awsElasticBlockStore": fields{"volumeID": "a"}, "gitRepo": fields{"repository": "a"},
		"glusterfs": fields{"endpoints": "a", "path": "b"}, "rbd": fields{"monitors": []any{}, "image": "a"}, "flexVolume": fields{"driver": "a"},
		"cinder": fields{"volumeID": "a"}, "cephfs": fields{"monitors": []any{}}, "flocker": fields{}, "fc": fields{}, "azureFile": fields{"secretName": "a", "shareName": "b"},
		"vsphereVolume": fields{"volumePath": "a"}, "quobyte": fields{"registry": "a", "volume": "b"}, "azureDisk": fields{"diskName": "a", "diskURI": "b"},
		"photonPersistentDisk": fields{"pdID": "a"}, "portworxVolume": fields{"volumeID": "a"}, "scaleIO": fields{"gateway": "a", "system": "b", "secretRef": fields{}},
		"storageos": fields{},
	}
	var all []pod
	for _, source := range sorted(sources) {
		all = append(all, pod{name: "volume-" + lower(source), spec: fields{"volumes": []any{fields{"name": "v", source: sources[source]}}}})
	}
	both := []any{fields{"name": "a", "emptyDir": fields{}}, fields{"name": "b", "nfs": sources["nfs"]}, fields{"name": "c", "hostPath": sources["hostPath"]}}
	return append(all, pod{name: "volumes", spec: fields{"volumes": both}}, pod{name: "no-volumes", spec: fields{"volumes": []any{}}})
}

// windows: what the API server lets pods of Windows say at all.
func windows() []pod {
	system := fields{"os": fields{"name": "windows"}}
	bare := fields{"allowPrivilegeEscalation": nil, "capabilities": nil}
	spec := func(context fields) fields {
		context["seccompProfile"] = nil
		return fields{"os": system["os"], "securityContext": context}
	}
	return []pod{
		{name: "windows", spec: spec(fields{}), container: context(bare)},
		{name: "windows-root", spec: spec(fields{"runAsNonRoot": nil}), container: context(bare)},
		{name: "windows-root-false", spec: spec(fields{"runAsNonRoot": false}), container: context(bare)},
		{name: "windows-container-root", spec: spec(fields{"runAsNonRoot": nil}), container: context(fields{"allowPrivilegeEscalation": nil, "capabilities": nil, "runAsNonRoot": true})},
		{name: "windows-host-process", spec: spec(fields{"windowsOptions": fields{"hostProcess": true}}), container: context(bare)},
		{name: "windows-full", spec: system},
		{name: "linux", spec: fields{"os": fields{"name": "linux"}}},
		{name: "linux-bare", spec: fields{"os": fields{"name": "linux"}, "securityContext": nil}, container: fields{"securityContext": nil}},
	}
}

func userNamespaces() []pod {
	var all []pod
	for _, hostUsers := range []bool{true, false} {
		spec := func(context fields) fields { return fields{"hostUsers": hostUsers, "securityContext": context} }
		name := fmt.Sprintf("host-users-%t-", hostUsers)
		all = append(all,
			pod{name: name + "good", spec: spec(fields{})},
			pod{name: name + "root", spec: spec(fields{"runAsNonRoot": nil})},
			pod{name: name + "root-false", spec: spec(fields{"runAsNonRoot": false})},
			pod{name: name + "user-zero", spec: spec(fields{"runAsUser": 0})},
			pod{name: name + "container-zero", spec: spec(fields{}), container: context(fields{"runAsUser": 0, "runAsNonRoot": false})},
			pod{name: name + "unmasked", spec: spec(fields{}), container: context(fields{"procMount": "Unmasked"})},
			pod{name: name + "privileged", spec: spec(fields{}), container: context(fields{"privileged": true})})
	}
	return all
}

// otherContainers: the faults of containers that are not the main ones.
func otherContainers() []pod {
	faults := map[string]fields{
		"good": {}, "privileged": {"privileged": true}, "escalation": {"allowPrivilegeEscalation": nil}, "capabilities": {"capabilities": nil},
		"add": {"capabilities": fields{"add": []any{"SYS_TIME"}, "drop": []any{"ALL"}}}, "user": {"runAsUser": 0}, "root": {"runAsNonRoot": false},
		"seccomp": {"seccompProfile": fields{"type": "Unconfined"}}, "proc": {"procMount": "Unmasked"}, "apparmor": {"appArmorProfile": fields{"type": "Unconfined"}},
		"selinux": {"seLinuxOptions": fields{"type": "spc_t"}},
	}
	var all []pod
	for _, list := range []string{"initContainers", "ephemeralContainers"} {
		for _, name := range sorted(faults) {
			container := goodContainer("other")
			merge(container, context(faults[name]))
			all = append(all, pod{name: lower(list) + "-" + name, extra: fields{list: []any{container}}})
		}
	}
	sidecar := goodContainer("other")
	merge(sidecar, fields{"restartPolicy": "Always", "ports": []any{fields{"containerPort": 1, "hostPort": 1}}, "securityContext": fields{"privileged": true}})
	return append(all, pod{name: "sidecar", extra: fields{"initContainers": []any{sidecar}}})
}

func probes() []pod {
	var all []pod
	for _, host := range []string{"", "127.0.0.1", "example.com"} {
		for i, handler := range []fields{{"httpGet": fields{"port": 80, "host": host}}, {"tcpSocket": fields{"port": 80, "host": host}}} {
			for _, at := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
				all = append(all, pod{name: fmt.Sprintf("probe-%s-%d-%s", lower(at), i, lower("h"+host)), container: fields{at: handler}})
			}
			for _, at := range []string{"postStart", "preStop"} {
				all = append(all, pod{name: fmt.Sprintf("hook-%s-%d-%s", lower(at), i, lower("h"+host)), container: fields{"lifecycle": fields{at: handler}}})
			}
		}
	}
	return append(all, pod{name: "probe-exec", container: fields{"livenessProbe": fields{"exec": fields{"command": []any{"true"}}}}})
}

// mixed: several containers that differ.
func mixed() []pod {
	second := func(more fields) fields {
		container := goodContainer("second")
		merge(container, context(more))
		return fields{"containers": []any{goodContainer("app"), container}}
	}
	noRoot := context(fields{"runAsNonRoot": nil, "seccompProfile": nil})
	return []pod{
		{name: "two-good", extra: second(fields{})},
		{name: "two-one-root", extra: second(fields{"runAsUser": 0})},
		{name: "two-one-unset", spec: noRoot, extra: second(fields{"runAsNonRoot": true, "seccompProfile": fields{"type": "Localhost"}})},
		{name: "two-one-escalates", extra: second(fields{"allowPrivilegeEscalation": true})},
		{name: "two-one-privileged", extra: second(fields{"privileged": true})},
		{name: "two-pod-zero", spec: context(fields{"runAsUser": 0}), extra: second(fields{"runAsUser": 5})},
		{name: "two-pod-false", spec: context(fields{"runAsNonRoot": false}), extra: second(fields{"runAsNonRoot": true})},
		{name: "two-pod-unconfined", spec: context(fields{"seccompProfile": fields{"type": "Unconfined"}}), extra: second(fields{"seccompProfile": fields{"type": "RuntimeDefault"}})},
		{name: "misplaced", spec: context(fields{}), container: fields{"securityContext": fields{"allowPrivilegeEscalation": nil, "capabilities": nil}}},
	}
}
