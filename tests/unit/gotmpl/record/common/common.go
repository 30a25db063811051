// Package common has types that print under the names of Helm's, for the tests of fields and methods.
package common

// KubeVersion prints through a method of its pointer.
type KubeVersion struct {
	Version string
	Major   string
	hidden  string
}

// String is found only where the value is addressable.
func (k *KubeVersion) String() string { return "kube " + k.Version }

// Capabilities is used behind a pointer.
type Capabilities struct {
	KubeVersion KubeVersion
	APIVersions VersionSet
}

// VersionSet has a method.
type VersionSet []string

// Has tells whether an element is in the set.
func (v VersionSet) Has(name string) bool {
	for _, item := range v {
		if item == name {
			return true
		}
	}
	return false
}

// Values is a named map.
type Values map[string]any

// Pick is a method with an argument that can fail.
func (v Values) Pick(key string) (any, error) {
	value, ok := v[key]
	if !ok {
		return nil, missing(key)
	}
	return value, nil
}

// Size is a method without arguments.
func (v Values) Size() int { return len(v) }

type missing string

func (m missing) Error() string { return "no " + string(m) }

// NewCapabilities returns a sample.
func NewCapabilities() *Capabilities {
	return &Capabilities{KubeVersion{"v1.30.1", "1", "h"}, VersionSet{"v1", "apps/v1"}}
}
