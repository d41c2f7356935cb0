/** The controllers that share a ledger: who is there, who is gone, and who has taken over what. */
package io.jenkins.plugins.promise.ledger.controllers;
