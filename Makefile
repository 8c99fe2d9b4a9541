# `make` prints this menu; each line after ## is its text.
SHELL := /bin/sh
PROJECT ?= examples/iris
MLOPS := $(CURDIR)/mlops
JDK := $(CURDIR)/app/src/dist/bin/find-jdk
MAVEN := JAVA_HOME="$$($(JDK))" ./mvnw -B
CONTAINERS ?= docker
JDK_OR_STOP := $(JDK) >/dev/null

.DEFAULT_GOAL := help
.PHONY: help run install test lint format ci interop test-deploy bench build clean train repro status \
  dag push pull ui experiments image

help: ## show this menu
	@awk 'BEGIN {FS = ":.*## "} /^#@/ {printf "\n%s\n", substr($$0, 4)} \
	  /^[a-z%-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

#@ Start
run: ## build if needed, reproduce the iris pipeline, register the model, serve :8000 and :5000
	@cd $(PROJECT) && $(MLOPS) up

install: ## build the distribution and its start-up cache
	@$(MLOPS) version

#@ Model
train: repro ## same as repro: the pipeline trains when something changed
repro: ## reproduce what changed in the pipeline
	@cd $(PROJECT) && $(MLOPS) repro
status: ## say what changed since the last repro
	@cd $(PROJECT) && $(MLOPS) status
dag: ## draw the pipeline
	@cd $(PROJECT) && $(MLOPS) dag
push: ## send data and models to the remote storage
	@cd $(PROJECT) && $(MLOPS) push
pull: ## bring data and models from the remote storage
	@cd $(PROJECT) && $(MLOPS) pull
ui: ## serve the tracking API and the console alone, on :5000
	@cd $(PROJECT) && $(MLOPS) server
experiments: ## list the experiments
	@cd $(PROJECT) && $(MLOPS) experiments list

#@ Develop
test: ## run every test (needs a JDK and Maven Central, nothing else)
	@$(JDK_OR_STOP) && $(MAVEN) verify
lint: ## check format, warnings and module directions without running tests
	@$(JDK_OR_STOP) && $(MAVEN) -q spotless:check test-compile
format: ## format the sources
	@$(JDK_OR_STOP) && $(MAVEN) -q spotless:apply
interop: ## test against the real mlflow and dvc (needs Python 3.10 or newer)
	@$(MLOPS) version && interop/run
test-deploy: ## test what deploy/ holds (image, Terraform, workflows, rules) without a cloud account
	@$(MLOPS) version && deploy/test/run
bench: ## measure side by side with what this replaces (needs Python, wrk)
	@$(MLOPS) version && bench/run
ci: ## what the build server runs
	@.ci/run
clean: ## remove what the build made
	@$(JDK_OR_STOP) && $(MAVEN) -q clean

#@ Ship
image: ## build the container image from what `make install` made (needs docker or buildah)
	@$(MLOPS) version && $(CONTAINERS) build --build-arg DISTRIBUTION=prebuilt --target service -t mlops \
	  --build-arg SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" \
	  --build-arg CREATED="$$(TZ=UTC git log -1 --date=format-local:%FT%TZ --format=%cd)" \
	  --build-arg REVISION="$$(git rev-parse HEAD)" .
build: ## make the distribution archives and, on Debian, the image as a file, in app/target, without an engine
	@$(JDK_OR_STOP) && $(MAVEN) -q -DskipTests -Parchives package && ls -lh app/target/mlops-*.zip app/target/mlops-*.tar.gz
	@if command -v dpkg >/dev/null; then deploy/image/tar; else echo "no image: this is no Debian; with an engine: make image"; fi
TF_ENV ?= dev
terraform-%: ## run terraform init, plan, apply ... in deploy/terraform/environments/dev (or TF_ENV=prod)
	@command -v terraform >/dev/null || { echo "make $@: terraform is not installed; see docs/how-to/deploy-google-cloud.md" >&2; exit 2; }
	terraform -chdir=deploy/terraform/environments/$(TF_ENV) $*
