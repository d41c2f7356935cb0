package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the component files of a folder: one in a folder, in all folders but hidden ones and {@code node_modules}. */
final class ComponentFiles {
    private static final Set<String> NAMES = Set.of("component.yaml", "component.yml", "component.json");
    private static final Set<String> OTHERS_FOLDERS = Set.of("node_modules");

    private ComponentFiles() {}

    /** Relative to the folder, with slashes, sorted; links are not followed. */
    static List<String> in(Path root, List<Finding> findings) {
        Set<String> found = new TreeSet<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName() == null
                            ? ""
                            : folder.getFileName().toString();
                    return !folder.equals(root) && (name.startsWith(".") || OTHERS_FOLDERS.contains(name))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (NAMES.contains(file.getFileName().toString())) {
                        found.add(root.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    findings.add(Finding.error(
                            root.relativize(file).toString().replace('\\', '/'), 0, "", "cannot be read: " + e));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            findings.add(Finding.error(root.toString(), 0, "", "cannot be read: " + e));
        }
        List<String> files = new ArrayList<>();
        for (String file : found) {
            String before = files.isEmpty() ? "" : files.get(files.size() - 1);
            if (folder(before).equals(folder(file)) && !files.isEmpty()) {
                findings.add(Finding.error(
                        file,
                        0,
                        "",
                        "lies beside " + before + "; a folder has one component file, delete one of them"));
            } else {
                files.add(file);
            }
        }
        return files;
    }

    private static String folder(String file) {
        return file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "";
    }
}
