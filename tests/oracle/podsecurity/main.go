// Records what the Pod Security Standards say, by the library that the API server asks:
//
//	go -C tests/oracle/podsecurity run . ../../unit/lint/pod_security.tsv
//
// The table has lines of four sorts, with tabs in between:
//
//	checks	the names of all checks
//	versions	those of Kubernetes that were asked for
//	pod	name	manifest as JSON
//	verdict	name	version	the checks that forbid the pod, and "restricted" where that level does
//
// A verdict holds for the versions that follow, up to the next line of the same pod.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// Those in which a check changes, and one before and after.
var minors = []int{18, 19, 21, 22, 23, 24, 25, 26, 27, 29, 31, 32, 33, 34, 35, 36, 37}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: podsecurity FILE")
	}
	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "# recorded: k8s.io/pod-security-admission %s\n", version())
	checks := policy.DefaultChecks()
	slices.SortFunc(checks, func(a, b policy.Check) int { return strings.Compare(string(a.ID), string(b.ID)) })
	fmt.Fprintf(out, "checks\t%s\n", names(checks))
	fmt.Fprint(out, "versions\t")
	for i, minor := range minors {
		fmt.Fprintf(out, "%s1.%d", strings.Repeat(" ", min(i, 1)), minor)
	}
	fmt.Fprintln(out)
	evaluator, err := policy.NewEvaluator(checks, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, each := range pods() {
		text, err := json.Marshal(each.manifest())
		if err != nil {
			log.Fatal(err)
		}
		var decoded corev1.Pod
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&decoded); err != nil {
			log.Fatalf("%s: %v", each.name, err)
		}
		fmt.Fprintf(out, "pod\t%s\t%s\n", each.name, text)
		last := "none yet"
		for _, minor := range minors {
			forbidding := forbidding(checks, minor, &decoded)
			level := api.LevelVersion{Level: api.LevelRestricted, Version: api.MajorMinorVersion(1, minor)}
			if !policy.AggregateCheckResults(evaluator.EvaluatePod(level, &decoded.ObjectMeta, &decoded.Spec)).Allowed {
				forbidding = append(forbidding, "restricted")
			}
			verdict := strings.Join(forbidding, " ")
			if verdict != last {
				fmt.Fprintf(out, "verdict\t%s\t1.%d\t%s\n", each.name, minor, verdict)
			}
			last = verdict
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// forbidding are the checks that forbid the pod, each in the form that it has in that version.
func forbidding(checks []policy.Check, minor int, pod *corev1.Pod) []string {
	var found []string
	version := api.MajorMinorVersion(1, minor)
	for _, check := range checks {
		var form *policy.VersionedCheck
		for i := range check.Versions {
			if !version.Older(check.Versions[i].MinimumVersion) {
				form = &check.Versions[i]
			}
		}
		if form != nil && !form.CheckPod(&pod.ObjectMeta, &pod.Spec).Allowed {
			found = append(found, string(check.ID))
		}
	}
	return found
}

func names(checks []policy.Check) string {
	var all []string
	for _, check := range checks {
		all = append(all, string(check.ID))
	}
	return strings.Join(all, " ")
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == "k8s.io/pod-security-admission" {
			return dependency.Version
		}
	}
	return "?"
}

func sorted[V any](entries map[string]V) []string { return slices.Sorted(maps.Keys(entries)) }

// lower makes a part of an object's name.
func lower(text string) string {
	return strings.NewReplacer(".", "-", "_", "-", "/", "-").Replace(strings.ToLower(text))
}
